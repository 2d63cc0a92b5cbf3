/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.h - JSON text as RFC 8259 defines it, read in place.
 *
 * The scanner accepts exactly what the RFC's grammar accepts in valid UTF-8,
 * nested up to JSON_DEPTH_MAX deep, and builds nothing: it reports where the
 * members of the top-level object lie.  An escaped lone surrogate is grammar,
 * so it passes; json_unescape() refuses it, since no UTF-8 can say it.
 *
 * No allocation but in the given arena; safe from any thread; linear time.
 */
#ifndef MLIN_JSON_H
#define MLIN_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/fail.h"
#include "src/slice.h"

enum { JSON_DEPTH_MAX = 1000 };

enum json_kind {
    JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY,
    JSON_OBJECT
};

/*
 *      {"id": 7, "text" : "a\nb"}
 *              ^ ^    ^   ^    ^
 *             at key  |   value: with its quotes
 */
struct json_member {
    struct slice key;   /* between the quotes, still escaped */
    struct slice value; /* as it stands, a string with its quotes */
    enum json_kind kind;
    size_t at;          /* where the key's opening quote is, from the start */
};

/*
 * Check `text` as one JSON object (white space around it is allowed) and call
 * `member` for each of its members, in order; a false from `member` ends the
 * scan with *fault as `member` left it.  Returns false with what and where when
 * the text is not an object; members before the mistake were reported.
 */
bool json_scan(struct slice text,
               bool (*member)(void *context, const struct json_member *m,
                              struct fault *fault),
               void *context, struct fault *fault);

/* True when `text` is one JSON value of any kind; space around is allowed. */
bool json_check(struct slice text, struct fault *fault);

/*
 * Find a member by its unescaped key in an object that json_scan() or
 * json_check() has accepted.  Of two equal keys the first is found.
 */
bool json_find(struct slice object, struct slice key, struct json_member *m);

/* Visit the items of an array that was accepted; false ends the walk. */
bool json_each(struct slice array,
               bool (*item)(void *context, struct slice value,
                            enum json_kind kind),
               void *context);

/*
 * The bytes that a string value (with its quotes, already accepted) stands for.
 * Without escapes that is a part of `value` itself, else memory of the arena.
 * False for a lone surrogate; fault->at is its offset in `value`.
 */
bool json_unescape(struct slice value, struct arena *arena, struct slice *text,
                   struct fault *fault);

/* Is the escaped key (between its quotes) the name `plain`? */
bool json_key_is(struct slice key, struct slice plain);

/*
 * The string value, with quotes, for valid UTF-8: escapes `"`, `\` and the
 * control characters (\b \f \n \r \t, others \u00xx), nothing else.
 */
struct slice json_escape(struct slice text, struct arena *arena);

/* Append the same to a buffer that has at least 6 * text.len + 2 bytes left. */
char *json_escape_to(char *to, struct slice text);

#endif
