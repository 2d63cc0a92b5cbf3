/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bookcase - beside a list that compares a text with every other: the same
 * document is found, whether keys are spread evenly or crowd at one end.
 */
#include "filters/bookcase.h"

#include <stdlib.h>
#include <unistd.h>

#include "tests/check.h"

enum { BOOKS = 3, DOCS = 900, BANDS = 14, LEAST = 700, ASKED = 3000 };

static char folder[] = "/tmp/mlin-bookcase-XXXXXX";

struct doc {
    uint64_t keys[BANDS], bits[SKETCH_WORDS];
    struct hash128 text;
    uint64_t uid, priority;
    size_t book;
    char name[24];
};

static struct doc docs[DOCS];

/* Keys whose highest bits are few, or all equal, are what an enemy has. */
static uint64_t random_key(struct random *random, unsigned crowd)
{
    uint64_t key = random_next(random);

    return crowd == 0 ? key : crowd == 1 ? key >> 9 : key >> 30 << 28;
}

static void make_doc(struct random *random, size_t i, unsigned crowd)
{
    struct doc *d = &docs[i];

    for (size_t k = 0; k < BANDS; k++)
        d->keys[k] = random_key(random, crowd);
    for (size_t w = 0; w < SKETCH_WORDS; w++)
        d->bits[w] = random_next(random);
    d->text = (struct hash128){ random_next(random),
                                random_key(random, crowd) };
    if (i > 0 && random_below(random, 3) > 0) { /* like an earlier one */
        const struct doc *old = &docs[random_below(random, i)];

        for (size_t k = 0; k < BANDS; k++)
            if (random_below(random, 4) == 0)
                d->keys[k] = old->keys[k];
        for (size_t w = 0; w < SKETCH_WORDS; w++)
            d->bits[w] = old->bits[w] ^ (random_next(random) &
                                         random_next(random) &
                                         random_next(random) &
                                         random_next(random));
        if (random_below(random, 4) == 0) {
            d->text = old->text;
            memcpy(d->bits, old->bits, sizeof d->bits);
        }
    }
    d->uid = random_next(random);
    d->priority = random_below(random, 4);
    d->book = random_below(random, BOOKS);
    snprintf(d->name, sizeof d->name, "\"%zu\"", i);
}

static struct bookcase *make_books(const struct sketch_params *params)
{
    struct bookcase *bookcase = bookcase_new(params);

    for (size_t b = 0; b < BOOKS; b++) {
        struct sketchbook book = { .path = NULL };
        struct sketchbook_writer *w;
        struct fault fault;

        book.path = xprintf("%s/%zu.mh", folder, b);
        w = sketchbook_create(book.path, params, 150000, 1); /* several runs */
        for (size_t i = 0; i < DOCS; i++) {
            uint64_t doc[SKETCHBOOK_DOC_WORDS] = {
                docs[i].uid, docs[i].text.high, docs[i].priority
            }, keys[BANDS + 1];

            if (docs[i].book != b)
                continue;
            memcpy(doc + BOOK_BITS, docs[i].bits, sizeof docs[i].bits);
            memcpy(keys, docs[i].keys, sizeof docs[i].keys);
            keys[BANDS] = docs[i].text.low;
            sketchbook_add(w, doc, keys, BANDS + 1,
                           slice_from(docs[i].name));
        }
        sketchbook_publish(w);
        check_that(sketchbook_open(&book, &fault), "%s", fault.what);
        check(book.run_count > 1);
        bookcase_add(bookcase, &book);
        unlink(book.path);
        sketchbook_close(&book);
    }
    return bookcase;
}

static bool shares_key(const struct doc *a, const struct doc *b)
{
    for (size_t k = 0; k < BANDS; k++)
        for (size_t l = 0; l < BANDS + 1; l++)
            if (a->keys[k] >> 28 == (l ? b->keys[l - 1] : b->text.low) >> 28)
                return true;
    return false;
}

/* Is `a` to be named rather than `b`? */
static bool comes_first(const struct doc *a, unsigned a_j, const struct doc *b,
                        unsigned b_j)
{
    bool a_exact = a_j > 1000, b_exact = b_j > 1000;

    if (a_exact && b_exact)
        a_j = b_j = 1000;
    if (a_j != b_j)
        return a_j > b_j;
    if (a->book != b->book)
        return a->book < b->book;
    return a->priority != b->priority ? a->priority < b->priority
                                      : a->uid < b->uid;
}

/* 1001 for the same text. */
static const struct doc *naive_find(const struct sketch_params *params,
                                    const struct doc *asked, unsigned *best)
{
    const struct doc *found = NULL;

    for (size_t i = 0; i < DOCS; i++) {
        const struct doc *d = &docs[i];
        unsigned j = sketch_thousandths(params, asked->bits, d->bits);

        if (d->text.high == asked->text.high)
            j = 1001;
        else if (j < LEAST || !shares_key(asked, d))
            continue;
        if (!found || comes_first(d, j, found, *best)) {
            found = d;
            *best = j;
        }
    }
    return found;
}

static void finds_what_a_list_finds(uint64_t seed, unsigned crowd)
{
    struct sketch_options options = { BANDS, 8, 5, 1, false, NULL };
    struct sketch_params params = sketch_check(&options);
    struct random random = { seed };
    struct bookcase *bookcase;
    size_t exact = 0, near = 0;

    for (size_t i = 0; i < DOCS; i++)
        make_doc(&random, i, crowd);
    bookcase = make_books(&params);
    for (size_t n = 0; n < ASKED; n++) {
        struct doc asked = docs[random_below(&random, DOCS)];
        struct sketch sketch = { .keys = asked.keys, .shingle_count = 1 };
        struct bookcase_hit hit;
        struct fault fault;
        const struct doc *want;
        unsigned j = 0;

        if (n % 4 > 0)
            asked.text = (struct hash128){ random_next(&random),
                                           random_key(&random, crowd) };
        for (size_t w = 0; n % 4 > 1 && w < SKETCH_WORDS; w++)
            asked.bits[w] ^= random_next(&random) & random_next(&random) &
                             random_next(&random);
        memcpy(sketch.bits, asked.bits, sizeof asked.bits);
        want = naive_find(&params, &asked, &j);
        check(bookcase_find(bookcase, &sketch, asked.text, LEAST, &hit, NULL,
                            &fault) == (want != NULL));
        check(!fault.what);
        if (!want)
            continue;
        check(hit.uid == want->uid && hit.book == want->book);
        check(hit.is_exact == (j > 1000));
        check(hit.thousandths == (j > 1000 ? 1000 : j));
        check(slice_is(hit.name, want->name));
        exact += hit.is_exact;
        near += !hit.is_exact;
    }
    check_that(exact > 300 && near > 300, "%zu exact, %zu near", exact, near);
    bookcase_free(bookcase);
}

/* How many have each key, for the eight that near.h enters. */
static void counts_entries(void)
{
    struct sketch_options options = { BANDS, 8, 5, 1, false, NULL };
    struct sketch_params params = sketch_check(&options);
    struct random random = { 5 };
    struct bookcase *bookcase;
    uint32_t entries[BANDS + 1];

    for (size_t i = 0; i < DOCS; i++)
        make_doc(&random, i, 0);
    bookcase = make_books(&params);
    for (size_t i = 0; i < 100; i++) {
        struct doc asked = docs[i];
        struct sketch sketch = { .keys = asked.keys, .shingle_count = 1 };
        struct bookcase_hit hit;
        struct fault fault;

        asked.text = (struct hash128){ 1, 2 };
        memcpy(sketch.bits, asked.bits, sizeof asked.bits);
        bookcase_find(bookcase, &sketch, asked.text, LEAST, &hit, entries,
                      &fault);
        check(entries[0] == 0);
        for (size_t k = 0; k < BANDS; k++) {
            uint32_t want = 0;

            for (size_t d = 0; d < DOCS; d++)
                want += docs[d].keys[k] == asked.keys[k];
            check(entries[k + 1] == want);
        }
    }
    bookcase_free(bookcase);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    for (uint64_t seed = 1; seed <= 2; seed++)
        for (unsigned crowd = 0; crowd < 3; crowd++)
            finds_what_a_list_finds(seed, crowd);
    counts_entries();
    rmdir(folder);
    return check_done();
}
