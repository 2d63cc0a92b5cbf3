/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairlist - written and read from front to back.
 */
#include "filters/pairlist.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/files.h"
#include "src/hash.h"
#include "src/output.h"

enum { PAIR_BYTES = PAIRLIST_WORDS * 8 };

/* End: magic, part, parts, pairs, books, 2 words of zero, sum of all before. */
enum { END_MAGIC, END_PART, END_PARTS, END_COUNT, END_BOOKS, END_SUM = 7,
       END_WORDS };

#define MAGIC "mlinprs1"

/* ---- parts ---- */

static bool is_part(const struct pairlist_part *part)
{
    return part->part >= 1 && part->part <= part->parts &&
           part->parts <= SKETCHBOOK_RANGES;
}

bool pairlist_parse(const char *text, struct pairlist_part *part)
{
    uint64_t *number = &part->part;
    bool has_digit = false;

    *part = (struct pairlist_part){ 0, 0 };
    for (; *text; text++) {
        if (*text == '/' && has_digit && number == &part->part) {
            number = &part->parts;
            has_digit = false;
        } else if (*text >= '0' && *text <= '9' &&
                   *number <= SKETCHBOOK_RANGES) {
            *number = *number * 10 + (uint64_t)(*text - '0');
            has_digit = true;
        } else {
            return false;
        }
    }
    return has_digit && is_part(part);
}

size_t pairlist_range(const struct pairlist_part *part)
{
    return (size_t)((part->part - 1) * SKETCHBOOK_RANGES / part->parts);
}

size_t pairlist_range_end(const struct pairlist_part *part)
{
    return (size_t)(part->part * SKETCHBOOK_RANGES / part->parts);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

uint64_t pairlist_books(const struct sketchbooks *books)
{
    size_t len = books->count * sizeof(uint64_t);
    uint64_t *sums = xmalloc(len + 1), sum;

    for (size_t i = 0; i < books->count; i++)
        sums[i] = books->books[i].sum;
    qsort(sums, books->count, sizeof *sums, by_number);
    sum = hash64(slice_make((const char *)sums, len));
    free(sums);
    return sum;
}

/* ---- writing ---- */

struct pairlist_writer {
    struct output *output;
    struct hash_stream *sum;
    uint64_t count;
};

struct pairlist_writer *pairlist_create(const char *path)
{
    struct pairlist_writer *w = xcalloc(1, sizeof *w);

    w->output = output_open(path);
    w->sum = hash_stream_new();
    return w;
}

static void put(struct pairlist_writer *w, const uint64_t *words, size_t len)
{
    struct slice bytes = slice_make((const char *)words, len);

    hash_stream_add(w->sum, bytes);
    output_write(w->output, bytes);
}

void pairlist_add(struct pairlist_writer *w, const uint64_t *pair)
{
    put(w, pair, PAIR_BYTES);
    w->count++;
}

void pairlist_publish(struct pairlist_writer *w,
                      const struct pairlist_part *part, uint64_t books)
{
    uint64_t end[END_WORDS] = { 0 };

    memcpy(&end[END_MAGIC], MAGIC, 8);
    end[END_PART] = part->part;
    end[END_PARTS] = part->parts;
    end[END_COUNT] = w->count;
    end[END_BOOKS] = books;
    put(w, end, END_SUM * sizeof *end);
    end[END_SUM] = hash_stream_take(w->sum).low;
    output_write(w->output, slice_make((const char *)&end[END_SUM], 8));
    output_close(w->output);
    hash_stream_free(w->sum);
    free(w);
}

/* ---- reading ---- */

bool pairlist_open(struct pairlist *list, struct fault *fault)
{
    uint64_t end[END_WORDS], end_at;
    struct stat status;

    list->seen = NULL;
    list->read = 0;
    list->fd = open(list->path, O_RDONLY | O_CLOEXEC);
    if (list->fd < 0 || fstat(list->fd, &status) < 0)
        return refuse(fault, strerror(errno), 0);
    if ((uint64_t)status.st_size < sizeof end)
        return refuse(fault, "not of mlin cluster --range, or cut short", 0);
    end_at = (uint64_t)status.st_size - sizeof end;
    if (!files_read_at(list->fd, end, sizeof end, end_at, fault))
        return false;
    if (memcmp(&end[END_MAGIC], MAGIC, 8) != 0)
        return refuse(fault, "not of mlin cluster --range, or cut short",
                      end_at);
    list->part = (struct pairlist_part){ end[END_PART], end[END_PARTS] };
    list->count = end[END_COUNT];
    list->books = end[END_BOOKS];
    list->sum = end[END_SUM];
    if (!is_part(&list->part) || end_at % PAIR_BYTES != 0 ||
        end_at / PAIR_BYTES != list->count)
        return refuse(fault, "its counts disagree", end_at);
    list->seen = hash_stream_new();
    return true;
}

/* The end is part of what is summed. */
static bool check_sum(struct pairlist *list, struct fault *fault)
{
    uint64_t end[END_WORDS], end_at = list->count * PAIR_BYTES;

    if (!files_read_at(list->fd, end, sizeof end, end_at, fault))
        return false;
    hash_stream_add(list->seen, slice_make((const char *)end,
                                           END_SUM * sizeof *end));
    return hash_stream_take(list->seen).low == list->sum ||
           refuse(fault, "the file is damaged: its checksum is wrong", end_at);
}

size_t pairlist_read(struct pairlist *list, uint64_t *pairs, size_t cap,
                     struct fault *fault)
{
    uint64_t left = list->count - list->read;
    size_t count = left < cap ? (size_t)left : cap;

    if (!files_read_at(list->fd, pairs, count * PAIR_BYTES,
                       list->read * PAIR_BYTES, fault))
        return 0;
    hash_stream_add(list->seen, slice_make((const char *)pairs,
                                           count * PAIR_BYTES));
    list->read += count;
    if (count == left && !check_sum(list, fault))
        return 0;
    return count;
}

void pairlist_close(struct pairlist *list)
{
    if (list->fd >= 0)
        close(list->fd);
    if (list->seen)
        hash_stream_free(list->seen);
    free(list->path);
}
