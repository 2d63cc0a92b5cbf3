/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bookcase - search by interpolation in mapped runs.
 */
#include "filters/bookcase.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "src/fail.h"

enum {
    KEY_BYTES = 8 * SKETCHBOOK_KEY_WORDS, DOC_BYTES = 8 * SKETCHBOOK_DOC_WORDS,
    KEY_SHIFT = 64 - BOOKCASE_KEY_BITS,
    SCAN_MOST = 64, /* documents of a key */
    GUESSES = 6,    /* before halving, for keys that are not spread evenly */
    JUDGED = 16,    /* uids that are remembered */
    PROBES = 64,    /* at a time */
    NAME_MOST = 512
};

/* A file, mapped; its runs. */
struct volume {
    char *path;
    char *bytes;
    size_t len;
};

struct shelf {
    const char *keys, *docs, *names;
    uint64_t key_count, doc_count, names_len;
    uint64_t range_ends[SKETCHBOOK_RANGES];
    size_t book;
};

struct bookcase {
    const struct sketch_params *params;
    struct volume *volumes; /* [volume_count] */
    size_t volume_count, volume_cap;
    struct shelf *shelves;  /* [shelf_count] by volume */
    size_t shelf_count, shelf_cap;
};

struct bookcase *bookcase_new(const struct sketch_params *params)
{
    struct bookcase *bookcase = xcalloc(1, sizeof *bookcase);

    bookcase->params = params;
    return bookcase;
}

void bookcase_add(struct bookcase *bookcase, const struct sketchbook *book)
{
    struct volume volume = { xstrdup(book->path), NULL, (size_t)book->bytes };

    volume.bytes = mmap(NULL, volume.len, PROT_READ, MAP_SHARED, book->fd, 0);
    if (volume.bytes == MAP_FAILED)
        die("%s: cannot be mapped: %s", book->path, strerror(errno));
    bookcase->shelves = grow(bookcase->shelves, &bookcase->shelf_cap,
                             bookcase->shelf_count + book->run_count,
                             sizeof *bookcase->shelves);
    for (size_t i = 0; i < book->run_count; i++) {
        const struct sketchbook_run *run = &book->runs[i];
        struct shelf *shelf = &bookcase->shelves[bookcase->shelf_count++];

        *shelf = (struct shelf){
            .keys = volume.bytes + run->keys_at,
            .docs = volume.bytes + run->docs_at,
            .names = volume.bytes + run->names_at,
            .key_count = run->key_count, .doc_count = run->doc_count,
            .names_len = run->names_len, .book = bookcase->volume_count
        };
        memcpy(shelf->range_ends, run->range_ends, sizeof shelf->range_ends);
    }
    bookcase->volumes = grow(bookcase->volumes, &bookcase->volume_cap,
                             bookcase->volume_count + 1,
                             sizeof *bookcase->volumes);
    bookcase->volumes[bookcase->volume_count++] = volume;
}

void bookcase_free(struct bookcase *bookcase)
{
    if (!bookcase)
        return;
    for (size_t i = 0; i < bookcase->volume_count; i++) {
        munmap(bookcase->volumes[i].bytes, bookcase->volumes[i].len);
        free(bookcase->volumes[i].path);
    }
    free(bookcase->volumes);
    free(bookcase->shelves);
    free(bookcase);
}

/* ---- where a number stands ---- */

/*
 * Where is the first record that is not below `want`?  It is among `low` to
 * `high`; those between have first words of `least` to `most`.
 */
struct probe {
    const char *records;
    size_t size;
    uint64_t low, high, least, most, want;
    uint64_t at; /* the guess */
    unsigned guesses;
};

/*
 * Guess, and ask for the record; false when it is found, at `low`.  What is
 * left after a guess is about the root of what there was, so that a few do.
 */
static bool probe_guess(struct probe *p)
{
    uint64_t count = p->high - p->low;

    if (count == 0 || p->want <= p->least)
        return false;
    p->at = p->low + count / 2;
    if (p->guesses++ < GUESSES && p->most > p->least)
        p->at = p->low + (uint64_t)((double)(p->want - p->least) /
                                    ((double)(p->most - p->least) + 1) *
                                    (double)count);
    if (p->at >= p->high)
        p->at = p->high - 1;
    __builtin_prefetch(p->records + p->at * p->size);
    return true;
}

/* What the record says: a guess that is off is mended from where it fell. */
static void probe_mend(struct probe *p)
{
    uint64_t value = slice_word(p->records + p->at * p->size);

    if (value < p->want) {
        p->low = p->at + 1;
        p->least = value;
    } else {
        p->high = p->at;
        p->most = value;
    }
}

/* Side by side: what takes time is to wait for memory. */
static void probe_all(struct probe *probes, size_t count)
{
    size_t open[PROBES], open_count = 0;

    for (size_t i = 0; i < count; i++)
        if (probe_guess(&probes[i]))
            open[open_count++] = i;
    while (open_count > 0) {
        size_t left = 0;

        for (size_t i = 0; i < open_count; i++) {
            probe_mend(&probes[open[i]]);
            if (probe_guess(&probes[open[i]]))
                open[left++] = open[i];
        }
        open_count = left;
    }
}

static struct probe probe_key(const struct shelf *shelf, uint64_t key)
{
    uint64_t range = key >> (64 - SKETCHBOOK_RANGE_BITS);

    return (struct probe){
        shelf->keys, KEY_BYTES, range ? shelf->range_ends[range - 1] : 0,
        shelf->range_ends[range], range << (64 - SKETCHBOOK_RANGE_BITS),
        range << (64 - SKETCHBOOK_RANGE_BITS) |
            UINT64_MAX >> SKETCHBOOK_RANGE_BITS,
        key >> KEY_SHIFT << KEY_SHIFT, 0, 0
    };
}

/* ---- candidates ---- */

struct search {
    const struct bookcase *bookcase;
    const struct sketch *sketch;
    struct hash128 text;
    unsigned least;
    const struct shelf *shelf;
    uint64_t judged[JUDGED];     /* uids of the shelf, in turn */
    size_t judged_count;
    bool found;
    struct bookcase_hit best;
    const struct shelf *best_shelf;
    uint64_t best_name;
    struct fault fault;          /* of the shelf */
};

static bool damaged(struct search *s, const char *what)
{
    s->fault = (struct fault){ what, 0 };
    return false;
}

static bool was_judged(struct search *s, uint64_t uid)
{
    size_t count = s->judged_count < JUDGED ? s->judged_count : JUDGED;

    for (size_t i = 0; i < count; i++)
        if (s->judged[i] == uid)
            return true;
    s->judged[s->judged_count++ % JUDGED] = uid;
    return false;
}

static bool find_doc(struct search *s, uint64_t uid,
                     uint64_t doc[SKETCHBOOK_DOC_WORDS])
{
    struct probe p = { s->shelf->docs, DOC_BYTES, 0, s->shelf->doc_count, 0,
                       UINT64_MAX, uid, 0, 0 };
    uint64_t at;

    probe_all(&p, 1);
    at = p.low;
    if (at < s->shelf->doc_count)
        memcpy(doc, s->shelf->docs + at * DOC_BYTES, DOC_BYTES);
    if (at == s->shelf->doc_count || doc[BOOK_UID] != uid)
        return damaged(s, "a key is of a document that is not there");
    return true;
}

static bool is_better(const struct bookcase_hit *a,
                      const struct bookcase_hit *b)
{
    if (a->is_exact != b->is_exact)
        return a->is_exact;
    if (a->thousandths != b->thousandths)
        return a->thousandths > b->thousandths;
    if (a->book != b->book)
        return a->book < b->book;
    if (a->priority != b->priority)
        return a->priority < b->priority;
    return a->uid < b->uid;
}

static void judge(struct search *s, uint64_t uid, bool only_exact)
{
    uint64_t doc[SKETCHBOOK_DOC_WORDS];
    struct bookcase_hit hit = { .book = s->shelf->book, .uid = uid };

    if (was_judged(s, uid) || !find_doc(s, uid, doc))
        return;
    hit.priority = doc[BOOK_PRIORITY];
    hit.is_exact = doc[BOOK_EXACT] == s->text.high;
    if (hit.is_exact)
        hit.thousandths = 1000;
    else if (only_exact)
        return;
    else
        hit.thousandths = sketch_thousandths(s->bookcase->params,
                                             s->sketch->bits, doc + BOOK_BITS);
    if (hit.thousandths < s->least || (s->found && !is_better(&hit, &s->best)))
        return;
    s->found = true;
    s->best = hit;
    s->best_shelf = s->shelf;
    s->best_name = doc[BOOK_NAME];
}

/* All documents of a key, from where it was found; how many there are. */
static uint32_t judge_key(struct search *s, const struct probe *p,
                          bool only_exact)
{
    uint64_t prefix = p->want >> KEY_SHIFT, at = p->low;
    uint32_t count = 0;

    for (; at < s->shelf->key_count && count < SCAN_MOST && !s->fault.what;
         at++, count++) {
        const char *record = s->shelf->keys + at * KEY_BYTES;

        if (slice_word(record) >> KEY_SHIFT != prefix)
            break;
        judge(s, slice_word(record + 8), only_exact);
    }
    return count;
}

/* The text's hash, then the bands' keys, some at a time. */
static void judge_shelf(struct search *s, uint32_t *entries)
{
    size_t bands = s->sketch->shingle_count ? s->bookcase->params->bands : 0;
    struct probe probes[PROBES];

    for (size_t from = 0; from <= bands; from += PROBES) {
        size_t count = bands + 1 - from < PROBES ? bands + 1 - from : PROBES;

        for (size_t i = 0; i < count; i++)
            probes[i] = probe_key(s->shelf, from + i
                                                ? s->sketch->keys[from + i - 1]
                                                : s->text.low);
        probe_all(probes, count);
        for (size_t i = 0; i < count; i++) {
            uint32_t found = judge_key(s, &probes[i], from + i == 0);

            if (entries)
                entries[from + i] += found;
            if (from + i > 0)
                continue;
            if (s->found && s->best.is_exact && s->best.book == s->shelf->book)
                return;
            s->judged_count = 0; /* may be near, which was not looked at */
        }
    }
}

static bool take_name(struct search *s, struct slice *name)
{
    const struct shelf *shelf = s->best_shelf;
    uint64_t at = s->best_name;
    uint16_t len;

    *name = slice_make(NULL, 0);
    if (at == SKETCHBOOK_NO_NAME)
        return true;
    if (at > shelf->names_len || shelf->names_len - at < sizeof len)
        return damaged(s, "an id lies outside of its run");
    memcpy(&len, shelf->names + at, sizeof len);
    if (len > NAME_MOST || len > shelf->names_len - at - sizeof len)
        return damaged(s, "an id lies outside of its run");
    *name = slice_make(shelf->names + at + sizeof len, len);
    return true;
}

bool bookcase_find(const struct bookcase *bookcase, const struct sketch *sketch,
                   struct hash128 text, unsigned least,
                   struct bookcase_hit *hit, uint32_t *entries,
                   struct fault *fault)
{
    struct search s = { .bookcase = bookcase, .sketch = sketch, .text = text,
                        .least = least };
    bool found;

    if (entries)
        memset(entries, 0, (bookcase->params->bands + 1) * sizeof *entries);
    for (size_t i = 0; i < bookcase->shelf_count && !s.fault.what; i++) {
        /* A later book can have nothing better than the same text. */
        if (s.found && s.best.is_exact &&
            s.best.book != bookcase->shelves[i].book)
            break;
        s.shelf = &bookcase->shelves[i];
        s.judged_count = 0;
        judge_shelf(&s, entries);
    }
    found = s.found && !s.fault.what;
    if (found) {
        s.shelf = s.best_shelf;
        *hit = s.best;
        found = take_name(&s, &hit->name);
    }
    *fault = s.fault;
    if (fault->what)
        hit->book = s.shelf->book;
    return found;
}

void bookcase_check(const struct bookcase *bookcase,
                    const struct bookcase_hit *hit, const struct fault *fault)
{
    if (fault->what)
        die("%s is damaged: %s", bookcase->volumes[hit->book].path,
            fault->what);
}
