/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans - of any texts, one after the other: matches are in order, apart and
 * inside of the text; what is cut is valid, shorter, and nothing where nothing
 * matched.  A text that came before is found again, all of it.
 *
 * The first byte says how long a window is; the rest is texts, parted by zeros.
 */
#include <string.h>

#include "filters/spans.h"
#include "filters/spans_cut.h"
#include "src/utf8.h"
#include "tests/fuzz/must.h"

enum { LENGTHS = 24 };

static void check_cut(const struct span_words *words,
                      const struct span_matches *gone, struct arena *arena)
{
    struct slice left = spans_cut(words, gone, arena);
    struct slice list = spans_cut_print(words, gone, arena);
    size_t at;

    must(utf8_check(left, &at), "a cut inside of a character");
    must(utf8_check(list, &at) && list.len >= 2, "no list");
    must(gone->count ? left.len < words->text.len
                     : left.len == words->text.len, "what is cut?");
    must(spans_cut_left(words, gone) <= words->count, "words came from where?");
}

/* How many words stood before. */
static size_t take(struct spans *spans, const struct spans_shape *shape,
                   struct slice text, struct arena *arena)
{
    const struct span_words *words = spans_read(shape, text, arena);
    struct span_matches gone;
    size_t before = 0, count = 0;

    must(spans_take(spans, words, slice_from("\"id\""), arena, &gone),
         "memory has no limit here");
    for (size_t i = 0; i < gone.count; i++) {
        const struct span_match *match = &gone.list[i];

        must(match->first >= before && match->first < match->end &&
                 match->end <= words->count, "a match is somewhere else");
        must(slice_is(match->id, "\"id\""), "a match of no text");
        count += match->end - match->first;
        before = match->end;
    }
    if (words->count > 0)
        check_cut(words, &gone, arena);
    must(spans_cut_left(words, &gone) == words->count - count, "words left");
    return count;
}

static void take_again(struct spans *spans, const struct spans_shape *shape,
                       struct slice text, struct arena *arena)
{
    size_t words = spans_read(shape, text, arena)->count;
    size_t want = words < shape->length ? 0 : words;

    must(take(spans, shape, text, arena) == want,
         "a text that came before is not found");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice all = slice_make((const char *)data, size);
    struct arena arena = { 0 };
    struct spans_shape shape;
    struct spans *spans;
    size_t at;

    if (size == 0)
        return 0;
    shape = spans_shape(SPANS_LENGTH_MIN + data[0] % LENGTHS);
    all = slice_make(all.ptr + 1, size - 1);
    if (!utf8_check(all, &at))
        return 0;
    shingle_open();
    spans = spans_new(&shape, 0);
    for (size_t from = 0; from < all.len; from++) {
        const char *zero = memchr(all.ptr + from, 0, all.len - from);
        size_t end = zero ? (size_t)(zero - all.ptr) : all.len;
        struct slice text = slice_make(all.ptr + from, end - from);

        take(spans, &shape, text, &arena);
        take_again(spans, &shape, text, &arena);
        from = end;
    }
    spans_free(spans);
    arena_clear(&arena);
    return 0;
}
