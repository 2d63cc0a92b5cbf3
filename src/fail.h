/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fail.h - the four words of error, each with one meaning.
 *
 *   bug(...)           our mistake                         abort
 *   die(...)           the run's surroundings              message, status 1
 *   usage_error(...)   command line or pipeline file       message, status 2
 *   record_reject()    the data (src/record.h)             rejected record
 *
 * Library code never calls the middle two: it fills a `struct fault` and
 * returns false.  Stages and commands may die.  All functions may be called
 * from any thread; when two threads die at once, one message is printed whole.
 */
#ifndef MLIN_FAIL_H
#define MLIN_FAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is wrong, in words that never change at run time, and at which byte. */
struct fault {
    const char *what; /* static storage; NULL = nothing is wrong */
    size_t at;        /* byte offset from the start of what was read */
};

/* Say so: always false, what a function returns that refuses something. */
bool refuse(struct fault *fault, const char *what, uint64_t at);

/* Name the tool that messages begin with: "mlin langid: ...".  Not copied. */
void fail_name(const char *tool);

_Noreturn void bug(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
_Noreturn void die(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
_Noreturn void usage_error(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/*
 * Print "mlin TOOL: ..." to stderr and go on: for what the user should know of
 * a run that is still right (a skipped test set, a fallback that was taken).
 */
void notice(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* malloc and its kin that die instead of returning NULL; free() frees them. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
char *xstrdup(const char *string);

/* sprintf into fresh memory of the right size; free() frees it. */
char *xprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Make room for at least `need` items in a growing array: returns `items`,
 * moved when it had to be; `*cap` is updated.  Doubles, so appending stays
 * linear.
 */
void *grow(void *items, size_t *cap, size_t need, size_t item_size);

/* The same, and what is new is cleared. */
void *grow_zero(void *items, size_t *cap, size_t need, size_t item_size);

#endif
