/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dedup - drop each document whose text was seen before; the first copy stays.
 *
 * Texts are compared by 128-bit hash, byte for byte of the text (run normalize
 * first, so that texts which look equal are).  At a billion different texts the
 * chance that any two share a hash is 1.5e-21.  Memory: 21 to 43 bytes for each
 * distinct text (src/hashset.h), whatever the texts' length.
 *
 * With --near a document is also dropped when it is almost a copy, and the one
 * that it repeats is named: at most 250 bytes for each kept document
 * (filters/near.h).  With --index what stands in an index counts as seen, and
 * what is kept is added to it (filters/crawl.h).  With --unit lines or
 * paragraphs are taken out of documents in the same two ways (filters/units.h).
 * With --spans what is taken out is each run of words that stood before,
 * wherever it begins (filters/spans.h).
 */
#include <inttypes.h>
#include <stdio.h>

#include "filters/crawl.h"
#include "filters/near.h"
#include "filters/shingle.h"
#include "filters/sketchbook.h"
#include "filters/spans_cut.h"
#include "filters/units.h"
#include "src/hash.h"
#include "src/hashset.h"
#include "src/ledger.h"
#include "src/stage.h"

/* What --index takes before it writes, without --memory. */
#define INDEX_MEMORY ((uint64_t)1 << 30)

struct dedup {
    struct sketch_options sketch;
    const char *unit_name;       /* --unit */
    double jaccard;              /* --jaccard */
    uint64_t memory, min_words, span_words, min_left;
    bool is_near, mark, has_spans;
    struct sketch_params params;
    enum unit unit;
    struct hashset seen;         /* without --near */
    struct near *kept;           /* with it */
    struct spans_shape shape;
    struct spans *spans;         /* with --spans */
    const char *index, *name;    /* --index, --name */
    struct crawl *crawl;         /* with --index, instead of `kept` */
    uint64_t numbers;            /* documents that were judged */
    uint64_t units_gone, bytes_gone, words_gone;
};

/* What map finds out for fold: of the document, or of each of its units. */
struct note {
    struct hash128 hash;
    struct sketch *sketch; /* NULL without --near */
    const struct crawl_look *look; /* NULL without --index */
};

static void open_spans(struct dedup *dedup)
{
    if (dedup->is_near || dedup->unit != UNIT_DOCUMENT)
        usage_error("--spans goes neither with --near nor with --unit");
    if (dedup->span_words < SPANS_LENGTH_MIN ||
        dedup->span_words > SPANS_LENGTH_MAX)
        usage_error("--span-words is %d to %d", SPANS_LENGTH_MIN,
                    SPANS_LENGTH_MAX);
    shingle_open();
    dedup->shape = spans_shape((size_t)dedup->span_words);
    dedup->spans = spans_new(&dedup->shape, dedup->memory);
}

static void open_crawl(struct dedup *dedup, size_t threads)
{
    struct crawl_options options = {
        dedup->index, dedup->name, (unsigned)(dedup->jaccard * 1000 + 0.5),
        dedup->memory ? dedup->memory : INDEX_MEMORY, threads
    };

    if (!dedup->is_near || dedup->unit != UNIT_DOCUMENT)
        usage_error("--index is for --near, and for --unit document");
    dedup->crawl = crawl_open(&options, &dedup->params);
}

static void dedup_open(void *self, const struct setup *setup)
{
    struct dedup *dedup = self;
    bool is_whole;

    if (!units_parse(dedup->unit_name, &dedup->unit))
        usage_error("--unit is document, paragraph or line, not '%s'",
                    dedup->unit_name);
    is_whole = dedup->unit == UNIT_DOCUMENT && !dedup->has_spans;
    if (dedup->mark && is_whole)
        usage_error("--mark is for --spans and --unit paragraph or line");
    if (!(dedup->jaccard >= 0 && dedup->jaccard <= 1))
        usage_error("--jaccard is 0 to 1");
    if (setup->line_max > UINT32_MAX && !is_whole)
        usage_error("with --max-line above 4G texts cannot be cut");
    if (dedup->has_spans)
        open_spans(dedup);
    dedup->params = sketch_check(&dedup->sketch);
    if (dedup->name && !dedup->index)
        usage_error("--name is for --index");
    if (dedup->index)
        open_crawl(dedup, setup->threads);
    else if (dedup->is_near)
        dedup->kept = near_new(&dedup->params,
                               (unsigned)(dedup->jaccard * 1000 + 0.5),
                               dedup->memory);
}

static struct note note_make(const struct dedup *dedup, struct slice text,
                             struct arena *arena)
{
    struct note note = { .hash = hash128(text) };

    if (dedup->is_near)
        note.sketch = sketch_make(&dedup->params, text, arena);
    if (dedup->crawl)
        note.look = crawl_look(dedup->crawl, note.sketch, note.hash, arena);
    return note;
}

/* Hashing needs no order, nor does the index, so all threads do it at once. */
static void dedup_map(const void *self, struct batch *b)
{
    const struct dedup *dedup = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct units *units;
        struct note *notes;

        if (dedup->has_spans) {
            r->note = spans_read(&dedup->shape, r->text, &b->arena);
            continue;
        }
        units = units_cut(r->text, dedup->unit, &b->arena);
        notes = arena_alloc(&b->arena, (units->count + 1) * sizeof *notes);
        for (size_t u = 0; u < units->count; u++)
            notes[u] = note_make(dedup, units->texts[u], &b->arena);
        units->notes = notes;
        r->note = units;
    }
}

/* The batch tools know whole documents alone. */
static _Noreturn void no_room(const struct dedup *dedup)
{
    const char *instead = dedup->unit == UNIT_DOCUMENT
        ? "use mlin minhash, cluster and drop, which need not hold them"
        : "cut the input in parts";

    die("--memory %" PRIu64 " does not do for more than %" PRIu64 " texts: "
        "give more, or %s", dedup->memory,
        dedup->is_near ? near_count(dedup->kept) : hashset_count(&dedup->seen),
        instead);
}

static bool is_new(struct dedup *dedup, struct hash128 hash)
{
    uint64_t more = dedup->memory ? hashset_more(&dedup->seen, hash) : 0;

    if (more > 0 && hashset_bytes(&dedup->seen) + more > dedup->memory)
        no_room(dedup);
    return hashset_add(&dedup->seen, hash);
}

/* Seen before?  Otherwise it is kept in mind. */
static bool is_seen(struct dedup *dedup, const struct note *note,
                    struct near_hit *hit)
{
    *hit = (struct near_hit){ true, 1000, 0, { NULL, 0 } };
    if (!dedup->is_near)
        return !is_new(dedup, note->hash);
    return near_find(dedup->kept, note->sketch, note->hash, hit);
}

static void keep(struct dedup *dedup, const struct note *note, uint64_t name)
{
    if (dedup->is_near &&
        !near_add(dedup->kept, note->sketch, note->hash, name))
        no_room(dedup);
}

/*
 * The id as it stands, or "#7": the seventh document that came here.  What
 * follows is under the name, in the same bytes, until the batch ends.
 */
static struct slice id_of(struct dedup *dedup, struct batch *b,
                          const struct record *r)
{
    char text[32];
    int len;

    if (r->value[KEY_ID].ptr && r->value[KEY_ID].len <= 512)
        return r->value[KEY_ID];
    len = snprintf(text, sizeof text, "\"#%" PRIu64 "\"", dedup->numbers);
    return arena_copy(&b->arena, slice_make(text, (size_t)len));
}

static void add_witness(struct batch *b, struct record *r,
                        struct slice witness, unsigned thousandths)
{
    record_add_json(b, r, b->schema.names[KEY_DUP_OF], witness);
    record_add_number(b, r, slice_from("dup_jaccard"), thousandths / 1000.0, 3);
}

static void drop(struct record *r, bool is_exact)
{
    if (is_exact)
        record_drop(r, "duplicate");
    else
        record_drop(r, "near duplicate");
}

/* The same with an index; `dup_in` is the run that has the witness. */
static void fold_crawl(struct dedup *dedup, struct batch *b, struct record *r,
                       const struct note *note)
{
    struct crawl_hit hit;
    struct crawl_text text = { .sketch = note->sketch, .hash = note->hash,
                               .number = dedup->numbers };

    if (crawl_find(dedup->crawl, note->look, note->sketch, note->hash, &hit)) {
        add_witness(b, r, hit.name.ptr ? hit.name : slice_from("null"),
                    hit.thousandths);
        record_add_text(b, r, slice_from("dup_in"), slice_from(hit.run));
        drop(r, hit.is_exact);
        return;
    }
    text.id = id_of(dedup, b, r);
    text.uid = sketchbook_uid(r->value[KEY_ID], r->text);
    crawl_keep(dedup->crawl, note->look, &text);
}

static void fold_document(struct dedup *dedup, struct batch *b,
                          struct record *r, const struct note *note)
{
    struct near_hit hit;
    uint64_t name = 0;

    if (is_seen(dedup, note, &hit)) {
        if (dedup->is_near)
            add_witness(b, r, hit.name, hit.thousandths);
        drop(r, hit.is_exact);
        return;
    }
    if (dedup->is_near && !near_name(dedup->kept, id_of(dedup, b, r), &name))
        no_room(dedup);
    keep(dedup, note, name);
}

/* Units that were seen go; the others are kept in mind, under this id. */
static void fold_units(struct dedup *dedup, struct batch *b, struct record *r,
                       struct units *units)
{
    const struct note *notes = units->notes;
    size_t gone = 0;
    uint64_t name = 0;
    bool is_all;

    if (dedup->is_near && !near_name(dedup->kept, id_of(dedup, b, r), &name))
        no_room(dedup);
    for (size_t u = 0; u < units->count; u++) {
        struct near_hit hit;

        if (!units_has_words(units->texts[u], dedup->min_words))
            continue;
        if (!is_seen(dedup, &notes[u], &hit)) {
            keep(dedup, &notes[u], name);
            continue;
        }
        units_take_out(units, u, hit.name, hit.thousandths, &b->arena);
        dedup->bytes_gone += units->texts[u].len;
        gone++;
    }
    dedup->units_gone += gone;
    if (gone == 0)
        return;
    is_all = !units_any_left(units);
    if (dedup->mark || (is_all && dedup->is_near))
        record_add_json(b, r, slice_from("dup_spans"),
                        units_print(units, &b->arena));
    if (dedup->mark)
        return;
    if (is_all)
        record_drop(r, "duplicate");
    else
        record_set_text(b, r, units_join(units, &b->arena));
}

static void fold_spans(struct dedup *dedup, struct batch *b, struct record *r)
{
    const struct span_words *words = r->note;
    struct span_matches gone;
    size_t left;

    dedup->numbers++;
    if (!spans_take(dedup->spans, words, id_of(dedup, b, r), &b->arena, &gone))
        die("--memory %" PRIu64 " does not do for more than %" PRIu64 " words: "
            "give more, or cut the input in parts", dedup->memory,
            spans_word_count(dedup->spans));
    if (gone.count == 0)
        return;
    left = spans_cut_left(words, &gone);
    dedup->units_gone += gone.count;
    dedup->words_gone += words->count - left;
    for (size_t i = 0; i < gone.count; i++)
        dedup->bytes_gone += words->ends[gone.list[i].end - 1] -
                             words->begins[gone.list[i].first];
    if (dedup->mark || left < dedup->min_left)
        record_add_json(b, r, slice_from("dup_spans"),
                        spans_cut_print(words, &gone, &b->arena));
    if (dedup->mark)
        return;
    if (left < dedup->min_left)
        record_drop(r, "duplicate");
    else
        record_set_text(b, r, spans_cut(words, &gone, &b->arena));
}

/* "First" is a matter of input order, so the choice is made here. */
static void dedup_fold(void *self, struct batch *b)
{
    struct dedup *dedup = self;

    for (size_t i = 0; dedup->has_spans && i < b->count; i++)
        fold_spans(dedup, b, &b->records[i]);
    if (dedup->has_spans)
        return;
    for (size_t i = 0; i < b->count; i++) {
        struct units *units = b->records[i].note;
        const struct note *notes = units->notes;

        if (dedup->kept && i + 1 < b->count) {
            const struct units *next = b->records[i + 1].note;
            const struct note *ahead = next->notes;

            for (size_t u = 0; u < next->count && u < 16; u++)
                near_prefetch(dedup->kept, ahead[u].sketch, ahead[u].hash);
        }
        dedup->numbers++;
        if (dedup->crawl)
            fold_crawl(dedup, b, &b->records[i], notes);
        else if (dedup->unit == UNIT_DOCUMENT)
            fold_document(dedup, b, &b->records[i], notes);
        else
            fold_units(dedup, b, &b->records[i], units);
    }
}

static void dedup_close(void *self, const struct setup *setup)
{
    struct dedup *dedup = self;

    if (dedup->has_spans)
        ledger_note(setup->notes, slice_make("", 0), "words taken out",
                    dedup->words_gone);
    if (dedup->unit != UNIT_DOCUMENT || dedup->has_spans) {
        ledger_note(setup->notes, slice_make("", 0), "units taken out",
                    dedup->units_gone);
        ledger_note(setup->notes, slice_make("", 0), "bytes taken out",
                    dedup->bytes_gone);
    }
    if (dedup->crawl)
        crawl_close(dedup->crawl);
    hashset_clear(&dedup->seen);
    near_free(dedup->kept);
    spans_free(dedup->spans);
    sketch_params_clear(&dedup->params);
}

#define AT(member) offsetof(struct dedup, sketch.member)

static const struct option dedup_options[] = {
    { "near", OPTION_FLAG, offsetof(struct dedup, is_near), NULL, NULL,
      "also what is almost a copy; name what it repeats" },
    { "jaccard", OPTION_NUMBER, offsetof(struct dedup, jaccard), "0.72", "J",
      "--near: least share of shingles in common, as estimated" },
    { "unit", OPTION_TEXT, offsetof(struct dedup, unit_name), "document",
      "UNIT", "document, paragraph or line: what is compared" },
    { "spans", OPTION_FLAG, offsetof(struct dedup, has_spans), NULL, NULL,
      "take out each run of words that stood before" },
    { "span-words", OPTION_COUNT, offsetof(struct dedup, span_words), "50",
      "N", "--spans: the least number of words that are a run" },
    { "min-left", OPTION_COUNT, offsetof(struct dedup, min_left), "10", "N",
      "--spans: drop a document of which fewer words are left" },
    { "min-words", OPTION_COUNT, offsetof(struct dedup, min_words), "1", "N",
      "--unit: leave what has fewer words" },
    { "mark", OPTION_FLAG, offsetof(struct dedup, mark), NULL, NULL,
      "--unit, --spans: write dup_spans, take nothing out" },
    { "memory", OPTION_BYTES, offsetof(struct dedup, memory), "0", "BYTES",
      "stop when what is kept needs more; 0: no limit" },
    { "index", OPTION_TEXT, offsetof(struct dedup, index), NULL, "DIR",
      "--near: also what is like the index's texts; add to it what is kept" },
    { "name", OPTION_TEXT, offsetof(struct dedup, name), NULL, "NAME",
      "--index: what the run is called there: of each crawl another" },
    SKETCH_OPTIONS(AT)
    { 0 }
};

const struct stage dedup_stage = {
    .name = "dedup",
    .summary = "drop documents whose text was seen before",
    .options = dedup_options,
    .size = sizeof(struct dedup),
    .open = dedup_open,
    .map = dedup_map,
    .fold = dedup_fold,
    .close = dedup_close,
};
