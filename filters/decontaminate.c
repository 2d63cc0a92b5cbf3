/* SPDX-License-Identifier: Apache-2.0 */
/*
 * decontaminate - drop documents that hold a piece of a benchmark, or cut the
 * piece out.
 *
 * A document is contaminated when it has an n-gram of words in common with an
 * item of a benchmark (filters/benchmarks.h says what is equal).  Overlapping
 * n-grams are one span.
 *
 * Memory: the benchmarks' n-grams.  Time: two passes over the words, and a
 * look-up for each n-gram that mostly ends at one bit.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "filters/benchmarks.h"
#include "filters/shingle.h"
#include "src/fail.h"
#include "src/json.h"
#include "src/ledger.h"
#include "src/output.h"
#include "src/stage.h"

/* What became of a benchmark's items. */
struct tally {
    uint64_t documents, words; /* contaminated, and found in them */
    char *note;                /* "found of NAME", for the ledger */
};

struct decontaminate {
    struct option_list against;
    uint64_t ngram, items_max;
    const char *remove, *report;
    double share_max;
    bool spans;
    struct benchmarks benchmarks;
    struct tally *tallies;     /* [benchmarks.count] */
    uint64_t *found;           /* bits by item: seen in some document */
    struct ledger_notes *notes;
};

/* Words [first, end) of a document. */
struct overlap {
    size_t first, end;
};

/* From map to fold: of a contaminated document. */
struct finding {
    uint32_t *items;          /* [item_count], some several times */
    size_t item_count, item_cap;
    uint64_t *words;          /* [benchmarks] words that are of it */
    struct overlap *overlaps; /* [overlap_count], ascending, apart */
    size_t overlap_count, overlap_cap;
    size_t words_in, word_count;
};

static void *arena_grow(struct arena *arena, void *items, size_t *cap,
                        size_t count, size_t size)
{
    void *larger;

    if (count < *cap)
        return items;
    *cap = *cap ? *cap * 2 : 16;
    larger = arena_alloc(arena, *cap * size);
    if (count > 0)
        memcpy(larger, items, count * size);
    return larger;
}

/* ---- finding ---- */

/* Words [first, first + n) are of these items. */
static void note_grams(const struct decontaminate *d, struct finding *f,
                       size_t *ends, const struct gram *grams, size_t count,
                       size_t first, struct arena *arena)
{
    size_t end = first + d->benchmarks.n;
    struct overlap *last =
        f->overlap_count > 0 ? &f->overlaps[f->overlap_count - 1] : NULL;

    for (size_t i = 0; i < count; i++) {
        size_t k = (size_t)(benchmarks_of(&d->benchmarks, grams[i].item) -
                            d->benchmarks.list);

        f->items = arena_grow(arena, f->items, &f->item_cap, f->item_count,
                              sizeof *f->items);
        f->items[f->item_count++] = grams[i].item;
        f->words[k] += end - (ends[k] > first ? ends[k] : first);
        ends[k] = end;
    }
    if (last && last->end >= first) {
        last->end = end;
        return;
    }
    f->overlaps = arena_grow(arena, f->overlaps, &f->overlap_cap,
                             f->overlap_count, sizeof *f->overlaps);
    f->overlaps[f->overlap_count++] = (struct overlap){ first, end };
}

/* NULL: the document has nothing of any benchmark. */
static struct finding *find(const struct decontaminate *d, struct slice text,
                            struct shingle_words *words, struct arena *arena)
{
    const struct benchmarks *b = &d->benchmarks;
    struct finding *f = NULL;
    size_t *ends = NULL, count;

    *words = shingle_words(text, arena);
    count = shingle_roll(words->hashes, words->count, b->n);
    for (size_t i = 0; i < count; i++) {
        size_t begin = words->begins[i], end = words->ends[i + b->n - 1], n;
        const struct gram *grams;

        if (!benchmarks_may_have(b, words->hashes[i]))
            continue;
        n = benchmarks_find(
            b, words->hashes[i],
            benchmarks_digits(slice_make(text.ptr + begin, end - begin)),
            &grams);
        if (n == 0)
            continue;
        if (!f) {
            f = arena_zero(arena, 1, sizeof *f);
            f->words = arena_zero(arena, b->count, sizeof *f->words);
            ends = arena_zero(arena, b->count, sizeof *ends);
        }
        note_grams(d, f, ends, grams, n, i, arena);
    }
    for (size_t i = 0; f && i < f->overlap_count; i++)
        f->words_in += f->overlaps[i].end - f->overlaps[i].first;
    if (f)
        f->word_count = words->count;
    return f;
}

/* The text without its overlaps: each from its first word up to the next word
 * that stays, or to the end. */
static struct slice cut_out(struct slice text, const struct finding *f,
                            const struct shingle_words *words,
                            struct arena *arena)
{
    char *left = arena_alloc(arena, text.len);
    size_t len = 0, at = 0;

    for (size_t i = 0; i < f->overlap_count; i++) {
        size_t begin = words->begins[f->overlaps[i].first];

        memcpy(left + len, text.ptr + at, begin - at);
        len += begin - at;
        at = words->begins[f->overlaps[i].end];
    }
    memcpy(left + len, text.ptr + at, text.len - at);
    len += text.len - at;
    return slice_make(left, len);
}

/* ["arc","mmlu"] */
static struct slice names_of(const struct decontaminate *d,
                             const struct finding *f, struct arena *arena)
{
    size_t cap = 3, len = 1;
    char *names;

    for (size_t k = 0; k < d->benchmarks.count; k++)
        cap += 6 * strlen(d->benchmarks.list[k].name) + 3;
    names = arena_alloc(arena, cap);
    names[0] = '[';
    for (size_t k = 0; k < d->benchmarks.count; k++) {
        struct slice name;

        if (f->words[k] == 0)
            continue;
        name = json_escape(slice_from(d->benchmarks.list[k].name), arena);
        if (len > 1)
            names[len++] = ',';
        memcpy(names + len, name.ptr, name.len);
        len += name.len;
    }
    names[len++] = ']';
    return slice_make(names, len);
}

/* Is what would be left too little of the document? */
static bool is_to_go(const struct decontaminate *d, const struct finding *f)
{
    return !d->spans ||
           (double)f->words_in > d->share_max * (double)f->word_count;
}

static void decontaminate_map(const void *self, struct batch *b)
{
    const struct decontaminate *d = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct shingle_words words;
        struct finding *f = find(d, r->text, &words, &b->arena);

        r->note = f;
        if (!f)
            continue;
        record_add_json(b, r, slice_from("contaminated_by"),
                        names_of(d, f, &b->arena));
        if (!is_to_go(d, f) && r->state == RECORD_KEPT)
            record_set_text(b, r, cut_out(r->text, f, &words, &b->arena));
    }
}

/* ---- what became of it ---- */

static void decontaminate_fold(void *self, struct batch *b)
{
    struct decontaminate *d = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        const struct finding *f = r->note;

        if (!f)
            continue;
        for (size_t k = 0; k < f->item_count; k++)
            d->found[f->items[k] / 64] |= (uint64_t)1 << (f->items[k] % 64);
        for (size_t k = 0; k < d->benchmarks.count; k++) {
            if (f->words[k] == 0)
                continue;
            d->tallies[k].documents++;
            d->tallies[k].words += f->words[k];
            ledger_note(d->notes, r->lang, d->tallies[k].note, 1);
        }
        if (is_to_go(d, f))
            record_drop(r, "contaminated");
    }
}

static uint64_t count_found(const struct decontaminate *d,
                            const struct benchmark *benchmark)
{
    uint64_t count = 0;

    for (size_t i = 0; i < benchmark->item_count; i++) {
        size_t item = benchmark->first_item + i;

        count += d->found[item / 64] >> (item % 64) & 1;
    }
    return count;
}

static void write_report(const struct decontaminate *d)
{
    struct output *out = output_open(d->report);

    output_print(out, "benchmark\titems\ttoo_short\tngrams_left_out\tfound\t"
                      "documents\twords\n");
    for (size_t k = 0; k < d->benchmarks.count; k++) {
        const struct benchmark *benchmark = &d->benchmarks.list[k];

        output_print(out,
                     "%s\t%zu\t%zu\t%zu\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64
                     "\n", benchmark->name, benchmark->item_count,
                     benchmark->short_count, benchmark->left_out,
                     count_found(d, benchmark), d->tallies[k].documents,
                     d->tallies[k].words);
    }
    output_close(out);
}

static void check_options(struct decontaminate *d)
{
    if (d->against.count == 0)
        usage_error("--against FILE is needed: a benchmark");
    if (d->ngram < 1 || d->ngram > SHINGLE_NGRAM_MAX)
        usage_error("--ngram: 1 to %d", SHINGLE_NGRAM_MAX);
    if (!(d->share_max >= 0 && d->share_max <= 1))
        usage_error("--max-share: 0 to 1, not %g", d->share_max);
    d->spans = strcmp(d->remove, "spans") == 0;
    if (!d->spans && strcmp(d->remove, "document") != 0)
        usage_error("--remove: document or spans, not %s", d->remove);
}

static void decontaminate_open(void *self, const struct setup *setup)
{
    struct decontaminate *d = self;

    check_options(d);
    if (setup->line_max > UINT32_MAX)
        usage_error("--max-line: at most %" PRIu32 " here", UINT32_MAX);
    benchmarks_open(&d->benchmarks, d->against.items, d->against.count,
                    (size_t)d->ngram, (size_t)d->items_max);
    d->notes = setup->notes;
    d->tallies = xcalloc(d->benchmarks.count, sizeof *d->tallies);
    d->found = xcalloc(d->benchmarks.item_count / 64 + 1, sizeof *d->found);
    for (size_t k = 0; k < d->benchmarks.count; k++) {
        const struct benchmark *benchmark = &d->benchmarks.list[k];

        d->tallies[k].note = xprintf("found of %s", benchmark->name);
        if (benchmark->short_count > 0)
            notice("%s: %zu of %zu items have no %" PRIu64 " words in a row "
                   "and cannot be found", benchmark->name,
                   benchmark->short_count, benchmark->item_count, d->ngram);
    }
}

static void decontaminate_close(void *self, const struct setup *setup)
{
    struct decontaminate *d = self;

    (void)setup;
    if (d->report)
        write_report(d);
    for (size_t k = 0; k < d->benchmarks.count; k++)
        free(d->tallies[k].note);
    free(d->tallies);
    free(d->found);
    benchmarks_close(&d->benchmarks);
    option_list_clear(&d->against);
}

#define AT(member) offsetof(struct decontaminate, member)

static const struct option decontaminate_options[] = {
    { "against", OPTION_LIST, AT(against), NULL, "FILE",
      "a benchmark, JSON Lines or lines; or NAME=FILE; repeatable" },
    { "ngram", OPTION_COUNT, AT(ngram), "13", "N",
      "words in a row that must be equal" },
    { "remove", OPTION_TEXT, AT(remove), "document", "WHAT",
      "document, or spans: cut out what is equal" },
    { "max-share", OPTION_NUMBER, AT(share_max), "0.5", "SHARE",
      "--remove spans: drop where more of the words would go" },
    { "max-items", OPTION_COUNT, AT(items_max), "10", "N",
      "leave out n-grams that more items of a benchmark have" },
    { "report", OPTION_TEXT, AT(report), NULL, "FILE.tsv",
      "for each benchmark, what was found of it" },
    { 0 }
};

const struct stage decontaminate_stage = {
    .name = "decontaminate",
    .summary = "drop documents that hold a piece of a benchmark",
    .options = decontaminate_options,
    .size = sizeof(struct decontaminate),
    .open = decontaminate_open,
    .map = decontaminate_map,
    .fold = decontaminate_fold,
    .close = decontaminate_close,
};
