/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sketch - shingles are equal exactly where the judge's strings are; slots are
 * what the definition says; keys meet as often as theory says, at every size of
 * set; the estimate has no bias and the error that its header states.
 */
#include "filters/sketch.h"

#include <math.h>

#include "filters/shingle.h"
#include "tests/check.h"
#include "tests/shingle_judge.h"

static struct arena arena;

static const char *const pieces[] = {
    "a", "A", "b", "é", "e\u0301", "É", "Å", "ß", "ẞ", "σ", "ς", "Σ", "й",
    "и\u0306", "1", "23", "٣", "½", "²", "_", " ", " ", " ", "-", ".", ",", "'",
    "’", "\n", "\t", "\u200b", "\u00ad", "\u200d", "水", "車", "の", "カ", "가",
    "ﬁ", "Ⅷ", "🌻", "ก", "ा", "क", "\u0301", "\u00a0", "l’", "ij", "0"
};

static struct slice random_text(struct random *random, size_t most)
{
    char *text = arena_alloc(&arena, most * 8 + 1);
    size_t count = random_below(random, most + 1), len = 0;
    size_t kinds = random_below(random, 2) ? sizeof pieces / sizeof *pieces : 8;

    for (size_t i = 0; i < count; i++) {
        const char *piece = pieces[random_below(random, kinds)];

        memcpy(text + len, piece, strlen(piece));
        len += strlen(piece);
        if (kinds == 8 && random_below(random, 3) == 0)
            text[len++] = ' ';
    }
    return slice_make(text, len);
}

/* ---- shingles ---- */

static void shingles_are_the_judges(void)
{
    uint64_t equal = 0;

    for (uint64_t seed = 1; seed <= 30000; seed++) {
        struct random random = { seed };
        struct slice text = random_text(&random, 40);
        size_t n = 1 + random_below(&random, 6);
        struct judge_set judged = judge_shingles(text, n, &arena);
        struct judge_set words = judge_words(text, &arena);
        struct shingles made = shingle_make(text, n, false, &arena);

        check_that(made.items == words.count && made.count == judged.count,
                   "seed %u: %zu words, not %zu", (unsigned)seed, made.items,
                   words.count);
        for (size_t i = 0; i < made.count; i++)
            for (size_t j = 0; j < i; j++) {
                bool same = slice_equal(judged.items[i], judged.items[j]);

                check((made.hashes[i] == made.hashes[j]) == same);
                equal += same;
            }
        arena_reset(&arena);
    }
    check_that(equal > 5000, "%zu", (size_t)equal);
}

/* The bytes of the words are the words. */
static void words_stand_where_they_say(void)
{
    for (uint64_t seed = 1; seed <= 20000; seed++) {
        struct random random = { seed };
        struct slice text = random_text(&random, 40);
        struct shingle_words words = shingle_words(text, &arena);
        struct judge_set judged = judge_words(text, &arena);
        uint32_t before = 0;

        check(words.count == judged.count);
        check(words.begins[words.count] == text.len);
        for (size_t i = 0; i < words.count; i++) {
            struct slice part = slice_make(text.ptr + words.begins[i],
                                           words.ends[i] - words.begins[i]);
            struct judge_set one = judge_words(part, &arena);

            check(words.begins[i] >= before && words.ends[i] > words.begins[i]);
            before = words.ends[i];
            check(one.count == 1 && slice_equal(one.items[0], judged.items[i]));
        }
        arena_reset(&arena);
    }
}

static bool same_digits(struct slice a, struct slice b)
{
    size_t i = 0, j = 0;

    for (;;) {
        uint32_t x = 0, y = 0;

        while (i < a.len && charclass_get(x = utf8_next(a, &i)) != CHAR_ND)
            x = 0;
        while (j < b.len && charclass_get(y = utf8_next(b, &j)) != CHAR_ND)
            y = 0;
        if (x != y)
            return false;
        if (x == 0)
            return true;
    }
}

/* Words whose digits count differ where those others or the digits do. */
static void digits_count_where_asked(void)
{
    uint64_t told_apart = 0;

    for (uint64_t seed = 1; seed <= 20000; seed++) {
        struct random random = { seed };
        struct slice text = random_text(&random, 40);
        struct shingle_words words = shingle_words(text, &arena);
        struct shingle_words exact = shingle_words_digits(text, &arena);

        check(exact.count == words.count);
        for (size_t i = 0; i < words.count; i++) {
            struct slice one = slice_make(text.ptr + words.begins[i],
                                          words.ends[i] - words.begins[i]);

            check(exact.begins[i] == words.begins[i]);
            check(exact.ends[i] == words.ends[i]);
            for (size_t j = 0; j < i; j++) {
                struct slice other = slice_make(text.ptr + words.begins[j],
                                                words.ends[j] -
                                                    words.begins[j]);
                bool same = words.hashes[i] == words.hashes[j];

                told_apart += same && !same_digits(one, other);
                if (!same || !same_digits(one, other))
                    check(exact.hashes[i] != exact.hashes[j]);
                else if (one.len == other.len &&
                         memcmp(one.ptr, other.ptr, one.len) == 0)
                    check(exact.hashes[i] == exact.hashes[j]);
            }
        }
        arena_reset(&arena);
    }
    check_that(told_apart > 100, "%zu", (size_t)told_apart);
}

static bool same_chars(const char *a, const char *b)
{
    struct shingles x = shingle_make(slice_from(a), 3, true, &arena);
    struct shingles y = shingle_make(slice_from(b), 3, true, &arena);

    return x.count == y.count &&
           memcmp(x.hashes, y.hashes, x.count * sizeof *x.hashes) == 0;
}

static void characters(void)
{
    check(shingle_make(slice_from("a bc"), 3, true, &arena).count == 2);
    check(shingle_make(slice_from("水車の水"), 3, true, &arena).count == 2);
    check(same_chars("Ein  Mühlrad!", " ein muhlrad"));
    check(!same_chars("ein muhlrad", "einmuhlrad"));
    check(!same_chars("12", "1"));
    check(shingle_make(slice_from(" - "), 3, true, &arena).count == 0);
}

/* ---- slots ---- */

static struct sketch_params params_of(uint64_t bands, uint64_t rows)
{
    struct sketch_options options = { .bands = bands, .rows = rows, .ngram = 5,
                                      .seed = 1 };

    return sketch_check(&options);
}

/* As the paper tells it: round by round, until no slot is empty. */
static void naive_slots(const struct sketch_params *p, const uint64_t *set,
                        size_t count, uint64_t *slots)
{
    size_t k = p->slot_count;

    memset(slots, 0xff, k * sizeof *slots);
    for (uint64_t round = 0; round < 2 * k; round++) {
        bool is_full = true;

        for (size_t i = 0; i < k; i++)
            is_full &= slots[i] != UINT64_MAX;
        if (is_full)
            return;
        for (size_t i = 0; i < count; i++) {
            uint64_t h = shingle_mix(set[i] + (round + 1) *
                                                  0x9e3779b97f4a7c15u +
                                     shingle_mix(p->seed));
            __extension__ unsigned __int128 product =
                (__extension__ (unsigned __int128)h) * k;
            size_t at = (size_t)(product >> 64);
            uint64_t value = round << 51 | (uint64_t)product >> 13;

            if (round >= k)
                at = round - k;
            if (value < slots[at])
                slots[at] = value;
        }
    }
}

static void slots_are_the_definition(void)
{
    static const size_t sizes[] = { 1, 2, 3, 12, 40, 300, 3000 };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (uint64_t rows = 1; rows <= 64; rows *= 8) {
            struct sketch_params p = params_of(9, rows);
            struct random random = { i + 1 };
            uint64_t set[3000], slots[SKETCH_SLOTS_MAX];
            uint64_t naive[SKETCH_SLOTS_MAX];

            for (size_t j = 0; j < sizes[i]; j++)
                set[j] = random_next(&random);
            sketch_slots(&p, set, sizes[i], slots);
            naive_slots(&p, set, sizes[i], naive);
            check(memcmp(slots, naive, p.slot_count * sizeof *slots) == 0);
            /* A set has no order, and no member twice. */
            for (size_t j = 1; j < sizes[i]; j += 2) {
                uint64_t other = set[j];

                set[j] = set[j - 1];
                set[j - 1] = other;
            }
            sketch_slots(&p, set, sizes[i], naive);
            check(memcmp(slots, naive, p.slot_count * sizeof *slots) == 0);
        }
}

/* ---- theory ---- */

struct outcome {
    double met, bias, square;
};

/* Two sets of `n` together, of which `common` are in both. */
static struct outcome try_pairs(const struct sketch_params *p, size_t n,
                                size_t common, size_t pairs, uint64_t seed)
{
    struct random random = { seed };
    struct outcome sum = { 0 };
    double j = (double)common / (double)n;
    uint64_t *set = malloc(n * sizeof *set);
    uint64_t a[SKETCH_SLOTS_MAX], b[SKETCH_SLOTS_MAX];

    for (size_t pair = 0; pair < pairs; pair++) {
        size_t alone = (n - common) / 2;
        bool met = false;
        size_t same = 0;

        for (size_t i = 0; i < n; i++)
            set[i] = random_next(&random);
        /* a: all but the last `alone`; b: all but the first rest. */
        sketch_slots(p, set, n - alone, a);
        sketch_slots(p, set + (n - common - alone), common + alone, b);
        for (size_t band = 0; band < p->bands; band++)
            met |= memcmp(a + band * p->rows, b + band * p->rows,
                          p->rows * sizeof *a) == 0;
        for (size_t i = 0; i < p->slot_count; i++)
            same += a[i] == b[i];
        sum.met += met;
        sum.bias += (double)same / (double)p->slot_count - j;
        sum.square += pow((double)same / (double)p->slot_count - j, 2);
    }
    free(set);
    sum.met /= (double)pairs;
    sum.bias /= (double)pairs;
    sum.square = sqrt(sum.square / (double)pairs);
    return sum;
}

static double theory(double j, size_t bands, size_t rows)
{
    return 1 - pow(1 - pow(j, (double)rows), (double)bands);
}

static void keys_meet_as_often_as_theory_says(void)
{
    static const size_t sizes[] = { 10, 40, 120, 600 };
    enum { PAIRS = 2000 };

    for (size_t shape = 0; shape < 2; shape++) {
        struct sketch_params p = shape == 0 ? params_of(14, 8)
                                            : params_of(20, 5);

        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (size_t tenth = 5; tenth <= 9; tenth++) {
                size_t n = sizes[i], common = n * tenth / 10;
                double j = (double)common / (double)n;
                double expected = theory(j, p.bands, p.rows);
                double error = sqrt(expected * (1 - expected) / PAIRS);
                struct outcome seen = try_pairs(&p, n, common, PAIRS,
                                                shape * 100 + i * 10 + tenth);

                /* Slots of one sketch are not quite independent: 0.01. */
                check_that(fabs(seen.met - expected) < 4 * error + 0.01,
                           "n %zu, J %.2f: %.3f, not %.3f", n, j, seen.met,
                           expected);
                check_that(fabs(seen.bias) < 0.004, "n %zu, J %.2f: bias %.4f",
                           n, j, seen.bias);
                check(seen.square < 1.1 * sqrt(j * (1 - j) /
                                               (double)p.slot_count));
            }
        sketch_params_clear(&p);
    }
}

/* Whole texts: the estimate from the bits beside the judge's index. */
static void estimates_are_near(void)
{
    struct sketch_params p = params_of(14, 8);
    struct random random = { 7 };
    double bias = 0, square = 0, expected = 0;
    enum { PAIRS = 1500 };

    for (size_t pair = 0; pair < PAIRS; pair++) {
        char a[8000], b[8000];
        size_t at_a = 0, at_b = 0, words = 20 + random_below(&random, 300);
        double j, estimate;
        struct sketch *x, *y;

        for (size_t i = 0; i < words; i++) {
            uint64_t word = random_below(&random, 100000);

            at_a += (size_t)snprintf(a + at_a, 20, "w%c%c%c%c ",
                                     'a' + (char)(word % 26),
                                     'a' + (char)(word / 26 % 26),
                                     'a' + (char)(word / 676 % 26),
                                     'a' + (char)(word / 17576));
            if (random_below(&random, 30) == 0)
                word++;
            at_b += (size_t)snprintf(b + at_b, 20, "W%c%c%c%c\n",
                                     'A' + (char)(word % 26),
                                     'a' + (char)(word / 26 % 26),
                                     'a' + (char)(word / 676 % 26),
                                     'a' + (char)(word / 17576));
        }
        x = sketch_make(&p, slice_make(a, at_a), &arena);
        y = sketch_make(&p, slice_make(b, at_b), &arena);
        j = judge_jaccard(slice_make(a, at_a), slice_make(b, at_b), 5, &arena);
        estimate = sketch_jaccard(&p, x->bits, y->bits);
        check(sketch_jaccard(&p, x->bits, x->bits) == 1);
        bias += estimate - j;
        square += pow(estimate - j, 2);
        expected += (1 + j) * (1 - j) / SKETCH_BITS; /* 4 p (1 - p) / n */
        arena_reset(&arena);
    }
    printf("estimate: bias %.4f, error %.4f (theory %.4f)\n", bias / PAIRS,
           sqrt(square / PAIRS), sqrt(expected / PAIRS));
    check(fabs(bias / PAIRS) < 0.004);
    check(square < 1.15 * expected);
}

int main(void)
{
    shingle_open();
    shingles_are_the_judges();
    words_stand_where_they_say();
    digits_count_where_asked();
    characters();
    slots_are_the_definition();
    keys_meet_as_often_as_theory_says();
    estimates_are_near();
    arena_clear(&arena);
    return check_done();
}
