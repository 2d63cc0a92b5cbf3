/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scan_fast - the patterns with AVX2: 64 bytes at a time.
 *
 * A window of up to 1 kB is classed into bit masks, one bit a byte: words,
 * spaces, line ends, ASCII digits and other ASCII marks (scan_class.h).  Where
 * a piece ends then follows from a byte's class and those of its neighbours:
 *
 *     text     Es war (so)$1     $: a line end
 *     word     ##.###..##...
 *     space    ..#...#......
 *     other    .......#..#..
 *     line     ...........#.
 *     number   ............#
 *     ends     ..#...#.#.#.#    Es| war| (|so|)$|1
 *
 * What the masks do not say (contractions, other white space, marks that are
 * not ASCII, scripts of three bytes a character) is `unknown`: the piece that
 * comes upon it is cut by scan_piece.h, and the masks take over again.  So no
 * piece that is cut here has an unknown in it, and the rules may take it that
 * what they look back at is known, or belongs to another piece.
 *
 * Cost: on text of 24 languages 650 (o200k) to 1040 MB/s (gpt2) a core, 3.2 to
 * 4.1 times scan.c (tests/bench/pretokenize.c).
 */
#include "tokenizer/scan.h"
#include "tokenizer/scan_eu.h"

#if defined(__x86_64__)

#include <string.h>

#include "tokenizer/scan_class.h"
#include "tokenizer/scan_put.h"

/* PER_BLOCK: a block has about as many pieces in most text. */
enum { BLOCKS = 16, PER_BLOCK = 12 };

/* What is fetched meanwhile: a processor does not look ahead past its page. */
enum { AHEAD = 3072 };

struct window {
    bool has_avx512;
    size_t base, len; /* bytes of the text that the masks are of */
    uint64_t ends[BLOCKS];
    uint64_t unknown[BLOCKS]; /* ends from here on are not */
};

/* For each byte, the bit of the one before it, or before that, or after it. */
AVX2_INLINE uint64_t before(uint64_t bits, uint64_t earlier)
{
    return bits << 1 | earlier >> 63;
}

AVX2_INLINE uint64_t before_that(uint64_t bits, uint64_t earlier)
{
    return bits << 2 | earlier >> 62;
}

AVX2_INLINE uint64_t after(uint64_t bits, uint64_t later)
{
    return bits >> 1 | later << 63;
}

/* Of the runs of set bits, those that begin with one of `firsts`. */
AVX2_INLINE uint64_t runs_from(uint64_t firsts, uint64_t bits)
{
    return bits & ~(bits + (firsts & bits));
}

/*
 * What no rule is for.  Numbers are counted from the first digit, so none may
 * come out of the block before, or out of an unknown, which may be a digit.
 */
AVX2_INLINE void find_unknown(struct classes *c, const struct classes *earlier,
                              enum pattern pattern)
{
    uint64_t more = 0;

    if (pattern == LLAMA3 || pattern == O200K || pattern == EU)
        more |= runs_from(before(c->unknown, earlier->unknown) |
                              earlier->number >> 63,
                          c->number);
    if (pattern == O200K) /* [\r\n/]* */
        more |= runs_from((c->slash & before(c->line, earlier->line)) |
                              (earlier->other & earlier->stop) >> 63,
                          c->other);
    if (pattern == EU) /* it may be a mark, which is one of others, too */
        more |= c->word & c->wide & before(c->other, earlier->other);
    c->unknown |= more;
    c->stop |= more;
    if (pattern != GPT2)
        c->tail = runs_from(before(c->other | c->tail,
                                   earlier->other | earlier->tail),
                            c->line);
}

/* \p{N}{1,3}: every third of a run, from its first */
AVX2_INLINE uint64_t number_ends(uint64_t number, uint64_t first)
{
    uint64_t inner = number & number << 1 & number << 2 & number << 3;
    uint64_t ends = first;

    while ((first = first << 3 & inner))
        ends |= first;
    return ends;
}

/*
 * Spaces from `first` on after a line end: they are a piece, or two, unless the
 * run has another line end.  It is unknown where that is not in the block.
 */
AVX2_INLINE void find_indents(uint64_t first, const struct classes *c,
                              uint64_t *ends, uint64_t *unknown)
{
    for (; first; first &= first - 1) {
        uint64_t begin = first & -first;
        uint64_t next = (c->space + begin) & ~c->space;

        if (next & (c->word | c->number | c->other))
            *ends |= begin;
        else if (!(next & c->line))
            *unknown |= begin;
    }
}

/*
 * The ends of pieces in a block, given those beside it; `later` needs no more
 * than its first bit.  What depends on a byte that is unknown is so itself.
 */
AVX2_INLINE void find_ends(struct window *w, size_t at,
                           const struct classes *earlier,
                           const struct classes *c,
                           const struct classes *later, enum pattern pattern)
{
    uint64_t word = before(c->word, earlier->word);
    uint64_t space = before(c->space, earlier->space);
    uint64_t line = before(c->line, earlier->line);
    uint64_t number = before(c->number, earlier->number);
    uint64_t other = before(c->other, earlier->other);
    uint64_t blank = c->space | c->line;
    uint64_t next_blank = after(blank, later->space | later->line);
    uint64_t next_known = ~after(c->unknown, later->unknown);
    uint64_t inner, ends, unknown = c->unknown;

    /* A word ends before all that cannot belong to it. */
    ends = word & ~c->word & ~c->stop;
    ends |= number & (c->word | blank | c->other);
    ends |= c->other & line;
    if (pattern == GPT2) { /* ' ?' before all but space; \s+(?!\S)|\s+ */
        ends |= other & (c->word | c->number | blank);
        ends |= line & (c->word | c->number);
        inner = blank & (space | line);
        ends |= inner & next_known & ~next_blank;
        unknown |= inner & ~next_known;
    } else {
        uint64_t tail = before(c->tail, earlier->tail);
        uint64_t two = before_that(c->other | c->space,
                                   earlier->other | earlier->space);

        /* One mark alone is a prefix of the word; \s*[\r\n]+ after a run. */
        ends |= c->word & (line | (other & two));
        ends |= c->number & (space | line | other);
        ends |= c->space & (other | tail);
        if (pattern == QWEN2)
            ends |= c->number & number;
        else
            ends |= number_ends(c->number, c->number & ~number);
        /* The last space of a run goes to what follows it. */
        line &= ~tail;
        inner = c->space & (space | line);
        ends |= inner & next_known & ~next_blank;
        unknown |= inner & ~next_known;
        find_indents(c->space & line & after(c->space, later->space), c, &ends,
                     &unknown);
    }
    if (pattern == O200K) /* a capital after a small letter */
        ends |= c->capital & before(c->small, earlier->small);
    w->ends[at] = ends & ~c->stop;
    w->unknown[at] = unknown;
}

/*
 * Class what begins at `base`, which begins a piece and is before the end: no
 * more blocks than `room` pieces are likely to need.
 */
AVX2_INLINE void window_fill(struct window *w, struct text text, size_t base,
                             size_t room, enum pattern pattern)
{
    /* After the window nothing is known; before it, nothing matters. */
    struct classes earlier = { 0 }, now = { 0 }, later;
    size_t left = text.len - base;
    size_t most = room / PER_BLOCK < BLOCKS ? room / PER_BLOCK + 1 : BLOCKS;
    size_t count = left / BLOCK < most ? left / BLOCK + 1 : most;
    struct carry carry = { 0 };
    unsigned char last[SEEN];

    w->base = base;
    w->len = count * BLOCK;
    for (size_t i = 0; i < count; i++) {
        const unsigned char *p = text.bytes + base + i * BLOCK;

        __builtin_prefetch(p + AHEAD);
        if (left - i * BLOCK < SEEN) { /* the end is followed by zeros */
            memset(last, 0, SEEN);
            memcpy(last, p, left - i * BLOCK);
            p = last;
        }
        later = class_block(p, pattern, &carry);
        find_unknown(&later, &now, pattern);
        if (i > 0)
            find_ends(w, i - 1, &earlier, &now, &later, pattern);
        earlier = now;
        now = later;
    }
    later = (struct classes){ .unknown = 1 };
    find_ends(w, count - 1, &earlier, &now, &later, pattern);
}

/*
 * Cut from *at on as far as the window says, up to `cap` pieces.  Returns how
 * many; *is_known is false when scan_piece.h must cut what begins at *at.
 */
AVX2_INLINE size_t window_cut(struct window *w, size_t *at, size_t *ends,
                              size_t cap, bool *is_known)
{
    size_t from = *at - w->base, i = from / BLOCK, count = 0;
    uint64_t mask;

    *is_known = false;
    if (w->unknown[i] >> (from % BLOCK) & 1)
        return 0;
    mask = ~(uint64_t)1 << (from % BLOCK);
    for (; i < w->len / BLOCK; i++, mask = ~(uint64_t)0) {
        uint64_t unknown = w->unknown[i] & mask;
        size_t base = w->base + i * BLOCK;
        /* Up to the first unknown, which begins a piece or does not. */
        uint64_t found = w->ends[i] & mask & (unknown ^ (unknown - 1));

        count += w->has_avx512
                     ? scan_put_avx512(found, base, ends + count, cap - count)
                     : scan_put_bmi(found, base, ends + count, cap - count);
        if (count > 0)
            *at = ends[count - 1];
        if (unknown || count == cap)
            return count;
    }
    *is_known = count > 0; /* a word as long as the window is not */
    w->len = 0;
    return count;
}

#define SCAN_FAST(name, pattern, piece_end)                                   \
    AVX2 static size_t name##_avx2(struct slice slice, size_t at,             \
                                   size_t *ends, size_t cap)                  \
    {                                                                         \
        struct text text = { (const unsigned char *)slice.ptr, slice.len };   \
        struct window w;                                                      \
        size_t count = 0;                                                     \
        bool is_known;                                                        \
                                                                              \
        w.has_avx512 = scan_put_has_avx512();                                 \
        w.base = w.len = 0;                                                   \
        while (at < text.len && count < cap) {                                \
            if (at - w.base >= w.len)                                         \
                window_fill(&w, text, at, cap - count, pattern);              \
            count += window_cut(&w, &at, ends + count, cap - count,           \
                                &is_known);                                   \
            if (!is_known && count < cap && at < text.len)                    \
                ends[count++] = at = (piece_end);                             \
        }                                                                     \
        return count;                                                         \
    }                                                                         \
                                                                              \
    size_t scan_fast_##name(struct slice text, size_t at, size_t *ends,       \
                            size_t cap)                                       \
    {                                                                         \
        if (__builtin_cpu_supports("avx2") &&                                 \
            __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt")) \
            return name##_avx2(text, at, ends, cap);                          \
        return scan_##name(text, at, ends, cap);                              \
    }

#else

#define SCAN_FAST(name, pattern, piece_end)                             \
    size_t scan_fast_##name(struct slice text, size_t at, size_t *ends, \
                            size_t cap)                                 \
    {                                                                   \
        return scan_##name(text, at, ends, cap);                        \
    }

#endif

SCAN_FAST(gpt2, GPT2, gpt2_end(text, at))
SCAN_FAST(llama3, LLAMA3, llama3_end(text, at, 3))
SCAN_FAST(qwen2, QWEN2, llama3_end(text, at, 1))
SCAN_FAST(o200k, O200K, o200k_end(text, at))
SCAN_FAST(eu, EU, eu_end(text, at))

/*
 * llama3, but white space at the end is one piece.  llama3 makes at most two of
 * it, so the last two pieces are looked at; the second may be for the next call
 * to find.
 */
size_t scan_fast_cl100k_base(struct slice slice, size_t at, size_t *ends,
                             size_t cap)
{
    struct text text = { (const unsigned char *)slice.ptr, slice.len };
    size_t count = scan_fast_llama3(slice, at, ends, cap);

    for (size_t i = count > 2 ? count - 2 : 0; i < count; i++)
        if (space_to_the_end(text, i > 0 ? ends[i - 1] : at)) {
            ends[i] = text.len;
            return i + 1;
        }
    return count;
}
