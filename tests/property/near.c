/* SPDX-License-Identifier: Apache-2.0 */
/*
 * near - beside a list that compares every text with every other: what has a
 * key in common and an estimate above the least is found, the best of it, and
 * nothing else; memory is what the header says, and stops at its limit.
 */
#include "filters/near.h"

#include <unistd.h>

#include "filters/shingle.h"
#include "tests/check.h"

enum { TEXTS = 3000, WORDS = 40 };

static struct arena arena;
static struct sketch *kept[TEXTS];
static struct hash128 hashes[TEXTS];
static size_t kept_count;

/* Words of few kinds; some texts are edits of an earlier one. */
static struct slice random_text(struct random *random, struct slice *earlier,
                                size_t count)
{
    size_t cap = WORDS * 8, len = 0;
    char *text = arena_alloc(&arena, cap);

    if (count > 0 && random_below(random, 2)) {
        struct slice old = earlier[random_below(random, count)];
        size_t edits = random_below(random, 4);

        memcpy(text, old.ptr, old.len);
        while (edits-- > 0 && old.len > 0)
            text[random_below(random, old.len)] =
                (char)('a' + random_below(random, 26));
        return slice_make(text, old.len);
    }
    for (size_t i = random_below(random, WORDS); i > 0; i--)
        len += (size_t)snprintf(text + len, cap - len, "%c%u ",
                                (char)('a' + random_below(random, 26)),
                                (unsigned)random_below(random, 9) * 1000);
    for (size_t i = 0; i < len; i++) /* digits would all be one */
        if (text[i] >= '0' && text[i] <= '9')
            text[i] = (char)('k' + (text[i] - '0'));
    return slice_make(text, len);
}

static bool share_key(const struct sketch_params *p, const struct sketch *a,
                      const struct sketch *b)
{
    if (a->shingle_count == 0 || b->shingle_count == 0)
        return false;
    for (size_t i = 0; i < p->bands; i++)
        if (a->keys[i] == b->keys[i])
            return true;
    return false;
}

static bool naive_find(const struct sketch_params *p, const struct sketch *s,
                       struct hash128 hash, struct near_hit *hit)
{
    bool found = false;

    for (size_t i = 0; i < kept_count; i++) {
        bool same = hashes[i].high == hash.high && hashes[i].low == hash.low;
        unsigned jaccard = sketch_thousandths(p, kept[i]->bits, s->bits);

        if (same) {
            *hit = (struct near_hit){ true, 1000, i, { NULL, 0 } };
            return true;
        }
        if (!share_key(p, kept[i], s) || jaccard < 700 ||
            (found && jaccard <= hit->thousandths))
            continue;
        *hit = (struct near_hit){ false, jaccard, i, { NULL, 0 } };
        found = true;
    }
    return found;
}

static void finds_what_a_list_finds(uint64_t seed)
{
    struct sketch_options options = { 14, 8, 3, 1, false, NULL };
    struct sketch_params params = sketch_check(&options);
    struct near *near = near_new(&params, 700, 0);
    static struct slice texts[TEXTS];
    struct random random = { seed };
    size_t exact = 0, close = 0;

    kept_count = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        struct sketch *s;
        struct hash128 hash;
        struct near_hit want = { 0 }, got = { 0 };
        bool found;

        texts[i] = random_text(&random, texts, i);
        s = sketch_make(&params, texts[i], &arena);
        hash = hash128(texts[i]);
        found = naive_find(&params, s, hash, &want);
        near_prefetch(near, s, hash);
        check(near_find(near, s, hash, &got) == found);
        if (found) {
            char id[24];

            check(got.is_exact == want.is_exact && got.number == want.number);
            check(got.thousandths == want.thousandths);
            snprintf(id, sizeof id, "\"%zu\"", (size_t)want.number);
            check(want.number % 7 == 0 ? got.name.ptr == NULL
                                       : slice_is(got.name, id));
            exact += got.is_exact;
            close += !got.is_exact;
        } else {
            char id[24];
            struct slice name = { NULL, 0 };
            uint64_t place;

            if (kept_count % 7 != 0)
                name = slice_make(id, (size_t)snprintf(id, sizeof id, "\"%zu\"",
                                                       kept_count));
            check(near_name(near, name, &place));
            check(near_add(near, s, hash, place));
            kept[kept_count] = s;
            hashes[kept_count++] = hash;
        }
    }
    check(near_count(near) == kept_count);
    check_that(exact > 100 && close > 100, "%zu exact, %zu near", exact, close);
    near_free(near);
    arena_reset(&arena);
}

/* Sketches of nothing but random bits, as large sets of texts have. */
static void random_sketch(struct random *random, struct sketch *s)
{
    s->shingle_count = 1;
    for (size_t i = 0; i < 14; i++)
        s->keys[i] = random_next(random);
    for (size_t i = 0; i < SKETCH_WORDS; i++)
        s->bits[i] = random_next(random);
}

static void memory_is_what_the_header_says(void)
{
    struct sketch_options options = { 14, 8, 5, 1, false, NULL };
    struct sketch_params params = sketch_check(&options);
    struct near *near = near_new(&params, 700, 0);
    struct random random = { 9 };
    uint64_t keys[14], worst = 0, count = 400000;
    struct sketch s = { .keys = keys };

    for (uint64_t i = 1; i <= count; i++) {
        struct hash128 hash = { random_next(&random), random_next(&random) };
        char id[40];
        uint64_t place;

        snprintf(id, sizeof id, "\"%032llx\"", (unsigned long long)i);
        random_sketch(&random, &s);
        check(near_name(near, slice_from(id), &place));
        check(near_add(near, &s, hash, place));
        /* Where the last blocks are full: what is beyond them is constant. */
        if (i % 65536 == 0) {
            uint64_t each = (near_bytes(near) - (1 << 20)) / i;

            worst = each > worst ? each : worst;
        }
    }
    printf("%llu bytes a text at most, ids of 34 bytes\n",
           (unsigned long long)worst);
    check(worst <= 250);
    near_free(near);
}

#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
/* Bytes of the process that are in memory, as the system counts them. */
static long resident(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long all = 0, pages = 0;

    check(file && fscanf(file, "%ld %ld", &all, &pages) == 2);
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

/* The heap may take more than near_bytes() knows of. */
static void system_sees_no_more(void)
{
    struct sketch_options options = { 14, 8, 5, 1, false, NULL };
    struct sketch_params params = sketch_check(&options);
    struct near *near = near_new(&params, 700, 0);
    struct random random = { 11 };
    uint64_t keys[14];
    struct sketch s = { .keys = keys };
    long before = 0, each;

    for (uint64_t i = 0; i < 400000; i++) {
        struct hash128 hash = { random_next(&random), random_next(&random) };
        char id[40];
        uint64_t place;

        if (i == 100000)
            before = resident();
        snprintf(id, sizeof id, "\"%032llx\"", (unsigned long long)i);
        random_sketch(&random, &s);
        check(near_name(near, slice_from(id), &place));
        check(near_add(near, &s, hash, place));
    }
    each = (resident() - before) / 300000;
    printf("%ld bytes a text in memory\n", each);
    check_that(each <= 250, "%ld bytes a text in memory", each);
    near_free(near);
}
#else
static void system_sees_no_more(void)
{
}
#endif

static void memory_has_a_limit(void)
{
    struct sketch_options options = { 14, 8, 5, 1, false, NULL };
    struct sketch_params params = sketch_check(&options);
    uint64_t limit = 30 << 20, keys[14], added = 0, place;
    struct near *near = near_new(&params, 700, limit);
    struct random random = { 3 };
    struct sketch s = { .keys = keys };

    for (;;) {
        struct hash128 hash = { random_next(&random), random_next(&random) };

        random_sketch(&random, &s);
        if (!near_name(near, slice_make("\"some id\"", 9), &place) ||
            !near_add(near, &s, hash, place))
            break;
        added++;
        check(near_bytes(near) <= limit);
    }
    check(near_count(near) == added && added > 100000);
    near_free(near);
}

int main(void)
{
    system_sees_no_more(); /* first: what others freed would be used again */
    for (uint64_t seed = 1; seed <= 4; seed++)
        finds_what_a_list_finds(seed);
    memory_is_what_the_header_says();
    memory_has_a_limit();
    arena_clear(&arena);
    return check_done();
}
