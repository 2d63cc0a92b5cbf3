/* SPDX-License-Identifier: Apache-2.0 */
/*
 * benchmarks - files into a sorted list of n-grams, with a table over it.
 *
 * Cost of opening: a sort of all n-grams; some 2 s for 10 million.
 */
#include "filters/benchmarks.h"

#include <stdlib.h>

#include "filters/shingle.h"
#include "src/charclass.h"
#include "src/compress.h"
#include "src/json.h"
#include "src/utf8.h"

enum { FILTER_BITS = 16 };

#define FILE_MAX ((size_t)8 << 30)

/* A file on its way in. */
struct reading {
    struct benchmarks *b;
    struct arena arena;  /* of an item */
    const char *path;
    size_t line;
    bool has_gram;       /* the item at hand */
};

uint64_t benchmarks_digits(struct slice text)
{
    uint64_t hash = 0;
    bool was_digit = false;

    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next_lax(text, &at);
        bool is_digit = charclass_get(c) == CHAR_ND;

        if (is_digit)
            hash = shingle_mix(hash + c + 1);
        else if (was_digit)
            hash = shingle_mix(~hash);
        was_digit = is_digit;
    }
    return hash;
}

static void add_gram(struct benchmarks *b, struct gram gram)
{
    b->grams = grow(b->grams, &b->gram_cap, b->gram_count + 1,
                    sizeof *b->grams);
    b->grams[b->gram_count++] = gram;
}

static void add_text(struct reading *r, struct slice text)
{
    struct benchmarks *b = r->b;
    struct shingle_words words;
    size_t count;

    if (text.len > UINT32_MAX)
        die("%s:%zu: a text of 4 GiB or more", r->path, r->line);
    words = shingle_words(text, &r->arena);
    count = shingle_roll(words.hashes, words.count, b->n);
    for (size_t i = 0; i < count; i++) {
        size_t begin = words.begins[i], end = words.ends[i + b->n - 1];

        add_gram(b, (struct gram){
            words.hashes[i],
            benchmarks_digits(slice_make(text.ptr + begin, end - begin)),
            (uint32_t)b->item_count
        });
    }
    r->has_gram |= count > 0;
}

/* ---- every string of a JSON value ---- */

static void add_value(struct reading *r, struct slice value,
                      enum json_kind kind);

static bool add_member(void *context, const struct json_member *m,
                       struct fault *fault)
{
    (void)fault;
    add_value(context, m->value, m->kind);
    return true;
}

static bool add_item(void *context, struct slice value, enum json_kind kind)
{
    add_value(context, value, kind);
    return true;
}

static void add_value(struct reading *r, struct slice value,
                      enum json_kind kind)
{
    struct fault fault = { 0 };
    struct slice text;

    if (kind == JSON_OBJECT)
        json_scan(value, add_member, r, &fault);
    else if (kind == JSON_ARRAY)
        json_each(value, add_item, r);
    else if (kind != JSON_STRING)
        return;
    else if (json_unescape(value, &r->arena, &text, &fault))
        add_text(r, text);
    else
        die("%s:%zu: %s", r->path, r->line, fault.what);
}

/* ---- files ---- */

static void read_line(struct reading *r, struct slice line, bool is_json)
{
    struct benchmark *benchmark = &r->b->list[r->b->count - 1];
    struct fault fault = { 0 };
    size_t at;

    if (r->b->item_count >= UINT32_MAX - 1)
        die("%s: more than 2^32 items", r->path);
    r->has_gram = false;
    if (!utf8_check(line, &at))
        die("%s:%zu:%zu: not UTF-8", r->path, r->line, at + 1);
    if (!is_json)
        add_text(r, line);
    else if (!json_scan(line, add_member, r, &fault))
        die("%s:%zu:%zu: %s", r->path, r->line, fault.at + 1, fault.what);
    benchmark->item_count++;
    benchmark->short_count += !r->has_gram;
    r->b->item_count++;
    arena_reset(&r->arena);
}

static bool is_blank(struct slice line)
{
    for (size_t i = 0; i < line.len; i++)
        if (!strchr(" \t\r", line.ptr[i]))
            return false;
    return true;
}

static char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;

    return xprintf("%.*s", (int)strcspn(name, "."), name);
}

static void add_benchmark(struct benchmarks *b, char *name)
{
    size_t at;

    if (!utf8_check(slice_from(name), &at) || *name == '\0')
        usage_error("--against: a benchmark needs a name: use NAME=FILE");
    for (size_t i = 0; i < b->count; i++)
        if (strcmp(b->list[i].name, name) == 0)
            usage_error("--against: two benchmarks are called '%s': use "
                        "NAME=FILE", name);
    b->list = grow(b->list, &b->cap, b->count + 1, sizeof *b->list);
    b->list[b->count++] = (struct benchmark){ .name = name,
                                              .first_item = b->item_count };
}

static void read_file(struct benchmarks *b, const char *file)
{
    const char *equals = strchr(file, '=');
    struct reading r = { .b = b, .path = equals ? equals + 1 : file };
    struct fault fault = { 0 };
    struct slice rest;
    char *bytes;
    bool is_json;

    add_benchmark(b, equals ? xprintf("%.*s", (int)(equals - file), file)
                            : name_of(file));
    if (!file_read(r.path, FILE_MAX, &bytes, &rest.len, &fault))
        die("%s: %s", r.path, fault.what);
    rest.ptr = bytes;
    is_json = rest.len > 0 && rest.ptr[0] == '{';
    while (rest.len > 0) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        struct slice line = { rest.ptr, end ? (size_t)(end - rest.ptr)
                                            : rest.len };

        r.line++;
        rest.ptr += line.len + (end != NULL);
        rest.len -= line.len + (end != NULL);
        if (!is_blank(line))
            read_line(&r, line, is_json);
    }
    if (b->list[b->count - 1].item_count == 0)
        die("%s: no items", r.path);
    free(bytes);
    arena_clear(&r.arena);
}

/* ---- the table ---- */

static int by_key(const void *a, const void *b)
{
    const struct gram *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->digits != y->digits)
        return x->digits < y->digits ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

static bool is_same(const struct gram *a, const struct gram *b)
{
    return a->key == b->key && a->digits == b->digits;
}

/* Keep the items of one benchmark that have a gram, unless they are too many;
 * an item that has it twice has it once.  Returns where the next stand. */
static size_t settle_items(struct benchmarks *b, size_t at, size_t *kept,
                           size_t texts_max)
{
    const struct benchmark *benchmark = benchmarks_of(b, b->grams[at].item);
    size_t last = benchmark->first_item + benchmark->item_count;
    size_t begin = *kept, end = at;

    while (end < b->gram_count && b->grams[end].item < last &&
           is_same(&b->grams[at], &b->grams[end])) {
        if (*kept == begin || b->grams[*kept - 1].item != b->grams[end].item)
            b->grams[(*kept)++] = b->grams[end];
        end++;
    }
    if (*kept - begin > texts_max) {
        b->list[benchmark - b->list].left_out++;
        *kept = begin;
    }
    return end;
}

static void settle(struct benchmarks *b, size_t texts_max)
{
    size_t kept = 0;

    if (b->gram_count > 0)
        qsort(b->grams, b->gram_count, sizeof *b->grams, by_key);
    for (size_t at = 0; at < b->gram_count;)
        at = settle_items(b, at, &kept, texts_max);
    b->gram_count = kept;
    if (kept >= UINT32_MAX)
        die("the benchmarks have more than 2^32 n-grams");
}

static size_t power_of_two(size_t least)
{
    size_t power = 64;

    while (power < least)
        power *= 2;
    return power;
}

static void index_grams(struct benchmarks *b)
{
    b->slot_mask = power_of_two(b->gram_count * 2) - 1;
    b->slots = xcalloc(b->slot_mask + 1, sizeof *b->slots);
    b->filter_mask = power_of_two(b->gram_count * FILTER_BITS) - 1;
    b->filter = xcalloc((b->filter_mask + 1) / 64, sizeof *b->filter);
    for (size_t i = 0; i < b->gram_count; i++) {
        uint64_t key = b->grams[i].key;
        size_t slot = (key >> 24) & b->slot_mask;

        b->filter[(key & b->filter_mask) / 64] |= (uint64_t)1 << (key % 64);
        if (i > 0 && key == b->grams[i - 1].key)
            continue;
        while (b->slots[slot] != 0)
            slot = (slot + 1) & b->slot_mask;
        b->slots[slot] = (uint32_t)i + 1;
    }
}

void benchmarks_open(struct benchmarks *b, const char *const *files,
                     size_t count, size_t n, size_t texts_max)
{
    *b = (struct benchmarks){ .n = n };
    shingle_open();
    for (size_t i = 0; i < count; i++)
        read_file(b, files[i]);
    settle(b, texts_max);
    index_grams(b);
}

void benchmarks_close(struct benchmarks *b)
{
    for (size_t i = 0; i < b->count; i++)
        free(b->list[i].name);
    free(b->list);
    free(b->grams);
    free(b->slots);
    free(b->filter);
    *b = (struct benchmarks){ 0 };
}

const struct benchmark *benchmarks_of(const struct benchmarks *b,
                                      uint32_t item)
{
    size_t i = b->count - 1;

    while (i > 0 && item < b->list[i].first_item)
        i--;
    return &b->list[i];
}

size_t benchmarks_find(const struct benchmarks *b, uint64_t key,
                       uint64_t digits, const struct gram **first)
{
    size_t slot = (key >> 24) & b->slot_mask, at, count = 0;

    while (b->slots[slot] != 0 && b->grams[b->slots[slot] - 1].key != key)
        slot = (slot + 1) & b->slot_mask;
    if (b->slots[slot] == 0)
        return 0;
    for (at = b->slots[slot] - 1; at < b->gram_count &&
         b->grams[at].key == key && b->grams[at].digits != digits; at++)
        ;
    *first = &b->grams[at];
    while (at + count < b->gram_count && b->grams[at + count].key == key &&
           b->grams[at + count].digits == digits)
        count++;
    return count;
}
