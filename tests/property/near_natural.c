/* SPDX-License-Identifier: Apache-2.0 */
/*
 * near_natural - what verification changes on real documents, unedited: the
 * stars of mlin cluster, once as keys give them and once as the estimate leaves
 * them, beside the true Jaccard index of every pair.
 *
 *     near_natural [DOCUMENTS]    of each language at most; 300
 *
 * The true index is the judge's (tests/shingle_judge.h), on strings.
 */
#include <string.h>

#include "filters/sketch.h"
#include "filters/sketchbook.h"
#include "src/compress.h"
#include "src/json.h"
#include "tests/check.h"
#include "tests/shingle_judge.h"

enum { LEAST = 720 };

struct doc {
    struct slice text;
    uint64_t uid, keys[14], bits[SKETCH_WORDS];
};

struct key {
    uint64_t key, uid;
    size_t doc;
};

struct pair {
    size_t first, second;
};

/* What is left of the pairs, and what they join. */
struct side {
    size_t *parents, *sizes; /* [docs] */
    size_t pairs, below_700, below_500, largest, copies;
};

static struct doc *docs;
static size_t doc_count, doc_cap;
static struct arena texts, scratch;

/* ---- documents ---- */

static void add_document(const struct sketch_params *p, struct slice line)
{
    struct json_member member;
    struct fault fault;
    struct sketch *sketch;
    struct doc *d;

    check(json_find(line, slice_from("text"), &member));
    docs = grow(docs, &doc_cap, doc_count + 1, sizeof *docs);
    d = &docs[doc_count];
    check(json_unescape(member.value, &texts, &d->text, &fault));
    sketch = sketch_make(p, d->text, &scratch);
    d->uid = sketchbook_uid(slice_from(""), d->text) + doc_count;
    memcpy(d->bits, sketch->bits, sizeof d->bits);
    if (sketch->shingle_count > 0) {
        memcpy(d->keys, sketch->keys, sizeof d->keys);
        doc_count++;
    }
    arena_reset(&scratch);
}

static void read_documents(const struct sketch_params *p, const char *name,
                           size_t most)
{
    char path[4096], *bytes;
    size_t len;
    struct fault fault;

    snprintf(path, sizeof path, "%s/%s", check_data(), name);
    if (!file_read(path, (size_t)1 << 30, &bytes, &len, &fault)) {
        printf("skipped: %s: %s\n", path, fault.what);
        exit(77);
    }
    for (size_t at = 0; at < len && most > 0; most--) {
        char *end = memchr(bytes + at, '\n', len - at);
        size_t stop = end ? (size_t)(end - bytes) : len;
        char *line = arena_alloc(&texts, stop - at);

        memcpy(line, bytes + at, stop - at);
        add_document(p, slice_make(line, stop - at));
        at = stop + 1;
    }
    free(bytes);
}

/* ---- pairs ---- */

static int by_key(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->uid < y->uid ? -1 : x->uid > y->uid;
}

static int by_documents(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->second < y->second ? -1 : x->second > y->second;
}

/* The least document of a key with each other one, once. */
static size_t find_pairs(struct pair **pairs)
{
    size_t count = 0, unique = 0, keys_count = 14 * doc_count;
    struct key *keys = xcalloc(keys_count, sizeof *keys);
    struct pair *all = xcalloc(keys_count, sizeof *all);

    for (size_t i = 0; i < keys_count; i++)
        keys[i] = (struct key){ docs[i / 14].keys[i % 14], docs[i / 14].uid,
                                i / 14 };
    qsort(keys, keys_count, sizeof *keys, by_key);
    for (size_t i = 1, first = 0; i < keys_count; i++) {
        if (keys[i].key != keys[first].key)
            first = i;
        else
            all[count++] = (struct pair){ keys[first].doc, keys[i].doc };
    }
    qsort(all, count, sizeof *all, by_documents);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || by_documents(&all[i], &all[i - 1]) != 0)
            all[unique++] = all[i];
    free(keys);
    *pairs = all;
    return unique;
}

/* ---- both sides ---- */

static void side_begin(struct side *s)
{
    *s = (struct side){ .parents = xcalloc(doc_count + 1, sizeof(size_t)),
                        .sizes = xcalloc(doc_count + 1, sizeof(size_t)) };
    for (size_t i = 0; i < doc_count; i++)
        s->parents[i] = i;
}

static size_t root_of(struct side *s, size_t at)
{
    while (s->parents[at] != at)
        at = s->parents[at] = s->parents[s->parents[at]];
    return at;
}

static void side_add(struct side *s, const struct pair *pair, double j)
{
    s->pairs++;
    s->below_700 += j < 0.7;
    s->below_500 += j < 0.5;
    s->parents[root_of(s, pair->first)] = root_of(s, pair->second);
}

static void side_end(struct side *s, const char *name)
{
    for (size_t i = 0; i < doc_count; i++) {
        size_t size = ++s->sizes[root_of(s, i)];

        s->copies += size > 1;
        s->largest = size > s->largest ? size : s->largest;
    }
    printf("%s: %zu pairs, %zu below J 0.7 (%.2f %%), %zu below 0.5; largest "
           "cluster %zu, %zu copies\n", name, s->pairs, s->below_700,
           100 * (double)s->below_700 / (double)s->pairs, s->below_500,
           s->largest, s->copies);
    free(s->parents);
    free(s->sizes);
}

static void compare(const struct sketch_params *p, const char *name)
{
    struct side before, after;
    struct pair *pairs;
    size_t count = find_pairs(&pairs), near = 0, lost = 0;

    side_begin(&before);
    side_begin(&after);
    for (size_t i = 0; i < count; i++) {
        const struct doc *a = &docs[pairs[i].first];
        const struct doc *b = &docs[pairs[i].second];
        double j = judge_jaccard(a->text, b->text, 5, &scratch);
        bool passes = sketch_thousandths(p, a->bits, b->bits) >= LEAST;

        side_add(&before, &pairs[i], j);
        if (passes)
            side_add(&after, &pairs[i], j);
        near += j >= 0.75;
        lost += j >= 0.75 && !passes;
        arena_reset(&scratch);
    }
    printf("%s: %zu documents; of %zu pairs with J >= 0.75 %zu lost\n", name,
           doc_count, near, lost);
    side_end(&before, "  by keys ");
    side_end(&after, "  verified");
    check(count > 100 && before.below_700 > 0);
    check((double)after.below_700 < 0.02 * (double)after.pairs);
    check((double)lost < 0.05 * (double)near);
    free(pairs);
    doc_count = 0;
    arena_clear(&texts);
}

int main(int argc, char **argv)
{
    static const char *const languages[] = {
        "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga",
        "hr", "hu", "it", "lt", "lv", "nl", "pl", "pt", "ro", "sk", "sl", "sv"
    };
    struct sketch_options options = { 14, 8, 5, 1, false, NULL };
    struct sketch_params params = sketch_check(&options);
    size_t most = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 300;

    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        char name[64];

        snprintf(name, sizeof name, "text/debian-bench/%s.jsonl.zst",
                 languages[i]);
        read_documents(&params, name, most);
    }
    compare(&params, "text of 24 languages");
    read_documents(&params, "dedup/install-guide-archs.docs.jsonl.zst", 10000);
    compare(&params, "one manual for several machines");
    arena_clear(&scratch);
    free(docs);
    return check_done();
}
