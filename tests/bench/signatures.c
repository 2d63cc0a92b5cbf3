/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signatures - files as mlin minhash writes them, of documents that never were,
 * and a judge of what mlin cluster makes of them: docs/scale.md.
 *
 *     signatures make DIR DOCS SHARDS FIRST LAST [GB]  shards FIRST to LAST - 1
 *     signatures judge LIST DOCS
 *
 * Documents are numbered, and a family is some in a row: 40 of 100 have copies,
 * in families whose sizes follow a power law (exponent 2.5, at most 100,000);
 * half of the copies are exact, the others have a Jaccard index of 0.75 to 0.99
 * with the first of the family.  8 of 100 belong to families of a template: 0.4
 * to 0.65, no copies.  A sketch is what minhash's would be: each of 448 slots
 * agrees with the first document's with the chance J; a key needs 8 that do.
 */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/clusterlist.h"
#include "filters/sketchbook.h"
#include "src/fail.h"
#include "src/options.h"

enum { BANDS = 14, ROWS = 8, LARGEST = 100000, CLASSES = 12 };

/* ---- chance, as a function of numbers ---- */

/* One to one, so that a number is known by its uid. */
static uint64_t mix(uint64_t h)
{
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccd;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53;
    return h ^ h >> 33;
}

static uint64_t unmix(uint64_t h)
{
    h ^= h >> 33;
    h *= 0x9cb4b2f8129337db;
    h ^= h >> 33;
    h *= 0x4f74430c22a54005;
    return h ^ h >> 33;
}

static uint64_t draw(uint64_t number, uint64_t purpose)
{
    return mix(mix(number + 1) + purpose * 0x9e3779b97f4a7c15);
}

static double draw_share(uint64_t number, uint64_t purpose)
{
    return ((double)(draw(number, purpose) >> 11) + 0.5) / 0x1p53;
}

enum { PURPOSE_FAMILY = 1, PURPOSE_SIZE, PURPOSE_KIND, PURPOSE_LIKENESS,
       PURPOSE_TEXT, PURPOSE_SHARD, PURPOSE_KEY = 100, PURPOSE_BITS = 200,
       PURPOSE_OTHER_BITS = 300, PURPOSE_AGREES = 1000 };

struct family {
    uint64_t first, size;
    bool is_template;
};

static struct family family_at(uint64_t first, uint64_t docs)
{
    struct family f = { first, 1, false };
    double kind = draw_share(first, PURPOSE_FAMILY);
    double u = draw_share(first, PURPOSE_SIZE);

    if (kind < 0.108)
        f.size = (uint64_t)fmin(2 * pow(u, -1 / 1.5), LARGEST);
    else if (kind < 0.15) {
        f.size = 2 + (uint64_t)(u * 3);
        f.is_template = true;
    }
    if (f.size > docs - first)
        f.size = docs - first;
    return f;
}

/* 1 for the first document and its exact copies. */
static double likeness(const struct family *f, uint64_t number)
{
    double u = draw_share(number, PURPOSE_LIKENESS);

    if (number == f->first)
        return 1;
    if (f->is_template)
        return 0.4 + 0.25 * u;
    return draw_share(number, PURPOSE_KIND) < 0.5 ? 1 : 0.75 + 0.24 * u;
}

/* ---- make ---- */

/* Bit i is set where slot i agrees with the first document's. */
static void draw_agreement(uint64_t number, double j,
                           uint64_t agrees[SKETCH_WORDS])
{
    uint64_t limit = (uint64_t)(j * 65536);

    memset(agrees, 0, SKETCH_WORDS * sizeof *agrees);
    for (uint64_t i = 0; i < SKETCH_BITS / 4; i++) {
        uint64_t four = draw(number, PURPOSE_AGREES + i);

        for (unsigned k = 0; k < 4; k++)
            if ((four >> 16 * k & 0xffff) < limit)
                agrees[i / 16] |= (uint64_t)1 << (i % 16 * 4 + k);
    }
}

static void make_sketch(const struct family *f, uint64_t number, uint64_t *doc,
                        uint64_t *keys)
{
    double j = likeness(f, number);
    uint64_t agrees[SKETCH_WORDS];

    memset(agrees, 0xff, sizeof agrees);
    if (j < 1)
        draw_agreement(number, j, agrees);
    doc[BOOK_UID] = mix(number + 1);
    doc[BOOK_EXACT] = draw(j < 1 ? number : f->first, PURPOSE_TEXT);
    doc[BOOK_PRIORITY] = 0;
    for (uint64_t w = 0; w < SKETCH_WORDS; w++) {
        uint64_t first = draw(f->first, PURPOSE_BITS + w);

        doc[BOOK_BITS + w] = (first & agrees[w]) |
                             (draw(number, PURPOSE_OTHER_BITS + w) &
                              ~agrees[w]);
    }
    for (uint64_t band = 0; band < BANDS; band++) {
        bool is_same = (agrees[band / 8] >> band % 8 * ROWS & 0xff) == 0xff;

        keys[band] = draw(is_same ? f->first : number, PURPOSE_KEY + band);
    }
}

/* As long as the ids of FineWeb. */
static struct slice make_name(uint64_t number, char name[64])
{
    static const char form[] =
        "\"<urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx>\"";
    uint64_t digits[2] = { draw(number, PURPOSE_TEXT), number };
    size_t at = 0;

    memcpy(name, form, sizeof form);
    for (size_t i = 0; i + 1 < sizeof form; i++)
        if (form[i] == 'x') {
            name[i] = "0123456789abcdef"[digits[at / 16] >> at % 16 * 4 & 0xf];
            at++;
        }
    return slice_make(name, sizeof form - 1);
}

/* A run whenever `gigabytes` are full. */
static void make_shard(const char *path, uint64_t docs, uint64_t shards,
                       uint64_t shard, uint64_t gigabytes)
{
    struct sketch_options options = { BANDS, ROWS, 5, 1, false, NULL };
    struct sketch_params params = sketch_check(&options);
    struct sketchbook_writer *book =
        sketchbook_create(path, &params, gigabytes << 30, 1);

    for (uint64_t first = 0; first < docs;) {
        struct family f = family_at(first, docs);

        for (uint64_t n = first; n < first + f.size; n++) {
            uint64_t doc[SKETCHBOOK_DOC_WORDS] = { 0 }, keys[BANDS];
            char name[64];

            if (draw(n, PURPOSE_SHARD) % shards != shard)
                continue;
            make_sketch(&f, n, doc, keys);
            sketchbook_add(book, doc, keys, BANDS, make_name(n, name));
        }
        first += f.size;
    }
    sketchbook_publish(book);
}

/* ---- judge ---- */

/* Copies by their likeness to the first of their family. */
struct class {
    uint64_t copies, found;
};

struct verdict {
    struct class exact, near[CLASSES];
    uint64_t families, copies, whole, parts; /* of the families: in one piece */
    uint64_t templates, merged; /* documents beside those of other families */
};

/* From 0.4 in steps of 0.05. */
static size_t class_of(double j)
{
    return (size_t)fmin((j - 0.4) / 0.05, CLASSES - 1);
}

static uint32_t found_at(const struct clusterlist *list, uint64_t number)
{
    const uint64_t *entry = clusterlist_find(list, mix(number + 1));

    return (uint32_t)(entry ? unmix(entry[LIST_CLUSTER]) - 1 : number);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

/* A family's documents, `found` by where they were found; sorted in the end. */
static void judge_family(struct verdict *v, const struct family *f,
                         uint32_t *found)
{
    for (uint64_t i = 1; i < f->size; i++) {
        double j = likeness(f, f->first + i);
        struct class *class = j < 1 ? &v->near[class_of(j)] : &v->exact;

        class->copies++;
        class->found += found[i] == found[0];
    }
    if (f->is_template) {
        v->templates += f->size;
        return;
    }
    if (f->size < 2)
        return;
    v->families++;
    v->copies += f->size - 1;
    qsort(found, f->size, sizeof *found, by_number);
    v->whole += found[0] == found[f->size - 1];
    for (uint64_t i = 0; i < f->size; i++)
        v->parts += i == 0 || found[i] != found[i - 1];
}

static void print_verdict(const struct verdict *v)
{
    printf("families\t%" PRIu64 "\nin one piece\t%" PRIu64
           "\npieces\t%" PRIu64 "\ncopies\t%" PRIu64 "\ncopies found\t%" PRIu64
           "\ndocuments of templates\t%" PRIu64
           "\nmerged with another's\t%" PRIu64 "\nexact\t%" PRIu64 "\t%.4f\n",
           v->families, v->whole, v->parts, v->copies,
           v->copies + v->families - v->parts, v->templates, v->merged,
           v->exact.copies,
           (double)v->exact.found / (double)v->exact.copies);
    for (size_t i = 0; i < CLASSES; i++)
        if (v->near[i].copies > 0)
            printf("%.2f-%.2f\t%" PRIu64 "\t%.4f\n", 0.4 + 0.05 * (double)i,
                   0.45 + 0.05 * (double)i, v->near[i].copies,
                   (double)v->near[i].found / (double)v->near[i].copies);
}

static void judge(const char *path, uint64_t docs)
{
    struct fault fault;
    struct clusterlist *list = clusterlist_open(path, &fault);
    uint32_t *family = xmalloc(docs * sizeof *family);
    uint32_t *found = xmalloc(docs * sizeof *found);
    struct verdict v = { 0 };

    if (!list)
        die("%s: %s", path, fault.what);
    for (uint64_t first = 0; first < docs;) {
        struct family f = family_at(first, docs);

        for (uint64_t n = first; n < first + f.size; n++)
            family[n] = (uint32_t)(f.is_template ? n : first);
        first += f.size;
    }
    for (uint64_t n = 0; n < docs; n++) {
        found[n] = found_at(list, n);
        if (found[n] >= docs)
            die("%s: of other documents", path);
        v.merged += family[n] != family[found[n]];
    }
    for (uint64_t first = 0; first < docs;) {
        struct family f = family_at(first, docs);

        judge_family(&v, &f, found + first);
        first += f.size;
    }
    print_verdict(&v);
    clusterlist_close(list);
    free(family);
    free(found);
}

static uint64_t number_of(const char *text)
{
    char *end;
    uint64_t number = strtoull(text, &end, 10);

    if (end == text || *end || number > UINT32_MAX)
        usage_error("not a number: '%s'", text);
    return number;
}

int main(int argc, char **argv)
{
    if ((argc == 7 || argc == 8) && strcmp(argv[1], "make") == 0) {
        for (uint64_t s = number_of(argv[5]); s < number_of(argv[6]); s++) {
            char *path = xprintf("%s/%03" PRIu64 SKETCHBOOK_END, argv[2], s);

            make_shard(path, number_of(argv[3]), number_of(argv[4]), s,
                       argc == 8 ? number_of(argv[7]) : 1);
            free(path);
        }
    } else if (argc == 4 && strcmp(argv[1], "judge") == 0) {
        judge(argv[2], number_of(argv[3]));
    } else {
        usage_error("make DIR DOCS SHARDS FIRST LAST [GB], or judge LIST DOCS");
    }
    return 0;
}
