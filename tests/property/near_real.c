/* SPDX-License-Identifier: Apache-2.0 */
/*
 * near_real - real text of 24 languages, edited: pairs share a key as often as
 * theory says, in every class of the true Jaccard index, for short texts too;
 * and of what an estimate lets through, hardly anything is below 0.7.
 *
 * The true index is the judge's (tests/shingle_judge.h), on strings.
 */
#include <math.h>

#include "filters/near.h"
#include "src/compress.h"
#include "src/json.h"
#include "tests/check.h"
#include "tests/shingle_judge.h"

enum { BUCKETS = 11, LEAST = 720 };

static const char *const languages[] = {
    "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga",
    "hr", "hu", "it", "lt", "lv", "nl", "pl", "pt", "ro", "sk", "sl", "sv"
};

struct bucket {
    double pairs, met, theory, variance, passed, bias, square;
};

static struct bucket all[BUCKETS], brief[BUCKETS];
static struct arena arena;

/* Classes of 0.05 from 0.45 to 1. */
static size_t bucket_of(double j)
{
    int b = (int)((j - 0.45) / 0.05);

    return b < 0 ? 0 : b >= BUCKETS ? BUCKETS - 1 : (size_t)b;
}

static void add_pair(struct bucket *bucket, double j, bool met, double estimate)
{
    double expected = 1 - pow(1 - pow(j, 8), 14);

    bucket->pairs++;
    bucket->met += met;
    bucket->theory += expected;
    bucket->variance += expected * (1 - expected);
    bucket->passed += met && estimate * 1000 + 0.5 >= LEAST;
    bucket->bias += estimate - j;
    bucket->square += pow(estimate - j, 2);
}

static void try_pair(const struct sketch_params *p, struct slice a,
                     struct slice b)
{
    struct sketch *x = sketch_make(p, a, &arena);
    struct sketch *y = sketch_make(p, b, &arena);
    double j = judge_jaccard(a, b, 5, &arena), estimate;
    bool met = false;

    if (x->shingle_count == 0 || y->shingle_count == 0)
        return;
    estimate = sketch_jaccard(p, x->bits, y->bits);
    for (size_t band = 0; band < p->bands; band++)
        met |= x->keys[band] == y->keys[band];
    add_pair(&all[bucket_of(j)], j, met, estimate);
    if (x->shingle_count < 60)
        add_pair(&brief[bucket_of(j)], j, met, estimate);
}

/* A copy in which words are swapped for others, left out, or put in front. */
static struct slice edit(struct slice text, struct random *random)
{
    struct judge_set words = { NULL, 0 };
    uint64_t kind = random_below(random, 4);
    uint64_t odds = 8 + random_below(random, 400);
    size_t len = 0, at = 0, from = 0, to;
    char *out;

    words.items = arena_alloc(&arena, text.len * sizeof *words.items);
    while (at < text.len) {
        size_t begin = at;

        while (at < text.len && text.ptr[at] != ' ' && text.ptr[at] != '\n')
            at++;
        if (at > begin)
            words.items[words.count++] = slice_make(text.ptr + begin,
                                                    at - begin);
        at++;
    }
    to = words.count;
    out = arena_alloc(&arena, 2 * text.len + 1024);
    if (kind == 1) /* a part at the end is gone */
        to -= to * random_below(random, 50) / 100;
    if (kind == 2) /* a part at the beginning */
        from = to * random_below(random, 50) / 100;
    if (kind == 3) /* something stands before it */
        for (size_t i = random_below(random, words.count / 2 + 1); i > 0; i--)
            len += (size_t)snprintf(out + len, 10, "%c%c%c ",
                                    'a' + (int)random_below(random, 26),
                                    'a' + (int)random_below(random, 26),
                                    'a' + (int)random_below(random, 26));
    for (size_t i = from; i < to; i++) {
        struct slice word = words.items[i];

        if (kind == 0 && random_below(random, odds) == 0)
            word = slice_from("zzq");
        if (len + word.len + 1 > 2 * text.len + 1024)
            break;
        memcpy(out + len, word.ptr, word.len);
        len += word.len;
        out[len++] = ' ';
    }
    return slice_make(out, len);
}

static size_t char_edge(struct slice text, size_t at)
{
    while (at < text.len && ((unsigned char)text.ptr[at] & 0xc0) == 0x80)
        at++;
    return at < text.len ? at : text.len;
}

static void try_text(const struct sketch_params *p, struct slice text,
                     struct random *random, size_t *left)
{
    size_t at = 0;

    while (at < text.len && *left > 0) {
        size_t size = 60 + random_below(random, random_below(random, 3)
                                                    ? 4000 : 400);
        size_t end = char_edge(text, at + size);
        struct slice part = slice_make(text.ptr + at, end - at);

        try_pair(p, part, edit(part, random));
        --*left;
        at = end;
        arena_reset(&arena);
    }
}

static void try_language(const struct sketch_params *p, const char *language,
                         size_t pairs)
{
    char path[4096], *bytes;
    size_t len;
    struct fault fault;
    struct random random = { 1 };

    snprintf(path, sizeof path, "%s/text/debian-bench/%s.jsonl.zst",
             check_data(), language);
    if (!file_read(path, (size_t)1 << 30, &bytes, &len, &fault)) {
        printf("skipped: %s: %s\n", path, fault.what);
        exit(77);
    }
    for (size_t at = 0; at < len && pairs > 0;) {
        char *end = memchr(bytes + at, '\n', len - at);
        struct slice line = slice_make(
            bytes + at, (end ? (size_t)(end - bytes) : len) - at);
        struct arena lines = { 0 };
        struct json_member member;
        struct slice text;

        check(json_find(line, slice_from("text"), &member));
        check(json_unescape(member.value, &lines, &text, &fault));
        try_text(p, text, &random, &pairs);
        arena_clear(&lines);
        at += line.len + 1;
    }
    free(bytes);
}

static void print_table(const char *title, const struct bucket *buckets)
{
    printf("%s\nJ            pairs  met    theory estimate >= .%d  bias   "
           "error\n", title, LEAST);
    for (size_t i = 0; i < BUCKETS; i++) {
        const struct bucket *b = &buckets[i];

        if (b->pairs > 0)
            printf("%.2f-%.2f  %8.0f  %.3f  %.3f  %.3f           %+.4f %.4f\n",
                   0.45 + 0.05 * (double)i, 0.5 + 0.05 * (double)i, b->pairs,
                   b->met / b->pairs, b->theory / b->pairs,
                   b->passed / b->pairs, b->bias / b->pairs,
                   sqrt(b->square / b->pairs));
    }
}

static void check_table(const struct bucket *buckets)
{
    for (size_t i = 0; i < BUCKETS; i++) {
        const struct bucket *b = &buckets[i];

        if (b->pairs < 50)
            continue;
        check_that(fabs(b->met - b->theory) <
                       4 * sqrt(b->variance) + 0.01 * b->pairs,
                   "class %zu: %.1f met, %.1f by theory", i, b->met, b->theory);
        check(fabs(b->bias / b->pairs) < 0.01);
    }
}

/* Of the pairs that would be dropped, how many have J >= 0.7? */
static double precision(const struct bucket *buckets)
{
    double good = 0, sum = 0;

    for (size_t i = 0; i < BUCKETS; i++) {
        sum += buckets[i].passed;
        good += i >= 5 ? buckets[i].passed : 0;
    }
    return good / sum;
}

int main(void)
{
    struct sketch_options options = { 14, 8, 5, 1, false, NULL };
    struct sketch_params params = sketch_check(&options);

    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        try_language(&params, languages[i], 1000);
    print_table("all", all);
    print_table("fewer than 60 shingles", brief);
    printf("of what passes, J >= 0.7: %.4f; short ones %.4f\n", precision(all),
           precision(brief));
    check_table(all);
    check_table(brief);
    check(precision(all) >= 0.98 && precision(brief) >= 0.98);
    arena_clear(&arena);
    return check_done();
}
