/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quality - judge documents by the published rules of Gopher, C4, FineWeb and
 * FineWeb-2, by our own, or by one's own table (filters/rules.h).
 *
 * Rules for lines repair the text first.  Then the signals of what is left
 * (filters/signals.h) are measured from its table of words, group by group as
 * rules ask for them, and judged by the limits of its language; the first
 * violated rule is the reason.
 *
 * Cost: linear.  Memory of a worker: 112 bytes for each word of its longest
 * document, of the first REPETITION_WORDS_MAX.
 */
#include <stdio.h>
#include <stdlib.h>

#include "filters/charlm.h"
#include "filters/lang_fields.h"
#include "filters/langs.h"
#include "filters/phrases.h"
#include "filters/rules.h"
#include "filters/score.h"
#include "filters/signals_field.h"
#include "filters/table.h"
#include "src/ledger.h"
#include "src/stage.h"
#include "src/utf8.h"
#include "src/words.h"

struct quality {
    const char *rules_name;   /* --rules: preset or path */
    const char *phrases_name, *charlm_name, *score_name;
    const char *common_name, *words_name;
    bool signals, reasons, from_signals;
    bool by_blanks;           /* --words blanks */
    struct rules rules;
    struct rules common;      /* lists of stop words */
    struct phrases phrases;
    struct charlm charlm;
    struct score score;
    unsigned groups;          /* that the rules may ask for */
    bool needs_phrases;
    bool needs_common;        /* a language counts stop words without a list */
    struct ledger_notes *notes;
    char *texts[5];           /* [FILE_COUNT] of the files: owned */
};

/* What the audit is told of a language. */
struct tally {
    uint64_t words; /* of the documents that passed */
    uint64_t lines; /* taken out of them */
};

struct quality_worker {
    struct arena scratch;  /* of one document */
    struct langs langs;
    struct tally *tallies; /* [tally_count] by number of the language */
    size_t tally_count, tally_cap;
};

/* ---- reading the tables ---- */

/* The files that the stage reads, by number in quality->texts. */
enum {
    RULES_FILE, PHRASES_FILE, SCORE_FILE, CHARLM_FILE, COMMON_FILE, FILE_COUNT
};

static void read_rules(struct quality *quality)
{
    char *path = table_find("rules", quality->rules_name, "tsv");

    quality->texts[RULES_FILE] = rules_read(&quality->rules, path);
    free(path);
}

static void read_common(struct quality *quality)
{
    char *path = table_find("stop-words", quality->common_name, "tsv");
    bool any = false;

    quality->texts[COMMON_FILE] = rules_read(&quality->common, path);
    for (size_t i = 0; i < quality->common.count; i++)
        any |= quality->common.sets[i].stop_words.count > 0;
    if (!any)
        die("%s: there is no list of stop words in it", path);
    free(path);
}

static void read_phrases(struct quality *quality)
{
    char *path = table_find("phrases", quality->phrases_name, "tsv");
    struct slice text = table_read(path);
    struct fault fault;

    if (!phrases_init(&quality->phrases, text, &fault))
        die("%s:%zu: %s", path, table_line(text, fault.at), fault.what);
    quality->texts[PHRASES_FILE] = (char *)text.ptr;
    free(path);
}

static void read_score(struct quality *quality)
{
    char *path = table_find("score", quality->score_name, "tsv");
    struct slice text = table_read(path);
    struct fault fault;

    if (!score_init(&quality->score, text, &fault))
        die("%s:%zu: %s", path, table_line(text, fault.at), fault.what);
    quality->texts[SCORE_FILE] = (char *)text.ptr;
    free(path);
}

static void read_charlm(struct quality *quality)
{
    char *path = table_find("characters", quality->charlm_name, "charlm");
    struct slice bytes = table_read(path);
    struct fault fault;

    if (!charlm_init(&quality->charlm, bytes, &fault))
        die("%s: %s", path, fault.what);
    quality->texts[CHARLM_FILE] = (char *)bytes.ptr;
    free(path);
}

/* What the rules of all languages may ask for. */
static void find_needs(struct quality *quality)
{
    for (size_t i = 0; i < quality->rules.count; i++) {
        const struct rule_set *set = &quality->rules.sets[i];

        for (enum signal signal = 0; signal < SIGNAL_COUNT; signal++)
            if (rules_asks(set, signal))
                quality->groups |= signals_group(signal);
        quality->needs_phrases |= set->line[LINE_NOTICE] != LINE_OFF ||
                                  set->line[LINE_MENU] != LINE_OFF;
        quality->needs_common |= set->stop_words.count == 0 &&
                                 rules_asks(set, SIGNAL_STOP_WORDS);
    }
    if (quality->signals)
        quality->groups = GROUP_ALL;
}

static void quality_open(void *self, const struct setup *setup)
{
    struct quality *quality = self;

    if (setup->line_max > words_line_max())
        usage_error("quality reads documents of up to %llu bytes: "
                    "give a smaller --max-line",
                    (unsigned long long)words_line_max());
    quality->by_blanks = strcmp(quality->words_name, "blanks") == 0;
    if (!quality->by_blanks && strcmp(quality->words_name, "unicode") != 0)
        usage_error("--words is unicode or blanks, not '%s'",
                    quality->words_name);
    if (quality->from_signals && quality->signals)
        usage_error("--from-signals reads what --signals writes: give one");
    read_rules(quality);
    quality->notes = setup->notes;
    if (quality->from_signals)
        return;
    find_needs(quality);
    if (quality->groups & GROUP_SCORE) {
        read_score(quality);
        quality->groups |= score_groups(&quality->score);
    }
    if (quality->needs_phrases || (quality->groups & GROUP_PHRASES))
        read_phrases(quality);
    if (quality->needs_common || (quality->groups & GROUP_VOCABULARY))
        read_common(quality);
    if (quality->groups & GROUP_CHARLM)
        read_charlm(quality);
}

static void quality_close(void *self, const struct setup *setup)
{
    struct quality *quality = self;

    (void)setup;
    rules_clear(&quality->rules);
    rules_clear(&quality->common);
    phrases_clear(&quality->phrases);
    for (int i = 0; i < FILE_COUNT; i++)
        free(quality->texts[i]);
}

/* ---- counting words for the audit ---- */

static struct tally *tally_of(struct quality_worker *worker,
                              struct slice lang)
{
    size_t number = langs_number(&worker->langs, lang);

    if (number == worker->tally_count) {
        worker->tallies = grow(worker->tallies, &worker->tally_cap, number + 1,
                               sizeof *worker->tallies);
        worker->tallies[worker->tally_count++] = (struct tally){ 0 };
    }
    return &worker->tallies[number];
}

/* ---- one document ---- */

/* A document on its way through the stage. */
struct judging {
    const struct quality *quality;
    const struct rule_set *set;
    struct signals signals;
    struct signal_source source;
    struct record_words table; /* of what is left, or by blanks */
    struct slice text;         /* what is left */
    struct line_report report;
    struct arena *scratch;
};

static void split(struct judging *j, struct slice text)
{
    if (j->quality->by_blanks)
        words_split_blanks(&j->table, text, j->scratch);
    else
        words_split(&j->table, text, j->scratch);
    j->source.table = &j->table;
}

/* Make the table of what the rules for lines leave of the text. */
static void prepare(struct judging *j, struct batch *b, struct record *r)
{
    const struct quality *quality = j->quality;

    j->source = (struct signal_source){
        .lang = r->lang, .stop_words = &j->set->stop_words,
        .phrases = quality->texts[PHRASES_FILE] ? &quality->phrases : NULL,
        .charlm = quality->texts[CHARLM_FILE] ? &quality->charlm : NULL,
        .score = quality->texts[SCORE_FILE] ? &quality->score : NULL,
        .lang_score = lang_score(r), .lang_share = lang_share(r),
        .scratch = j->scratch,
    };
    if (quality->texts[COMMON_FILE]) {
        j->source.common_words =
            &rules_for(&quality->common, r->lang)->stop_words;
        if (j->set->stop_words.count == 0)
            j->source.stop_words = j->source.common_words;
    }
    j->text = r->text;
    if (quality->by_blanks)
        split(j, r->text);
    else
        j->source.table = record_words(b, r);
    if (!j->set->repairs)
        return;
    j->source.words_before = utf8_runs(r->text);
    j->text = linerules_repair(j->set->line, j->source.phrases, r->lang,
                               j->source.table, &j->report, j->scratch);
    j->source.gone_words = j->report.words_gone;
    j->source.found = j->report.found;
    if (j->text.ptr != r->text.ptr)
        split(j, j->text);
    else
        j->source.kinds = j->report.kinds;
}

/* All rules that are violated, as a JSON array of their reasons. */
static struct slice all_reasons(struct judging *j, int rule,
                                struct arena *arena)
{
    enum { ROOM = 48 };
    size_t cap = (RULE_COUNT + 1) * ROOM, len = 1;
    char *json = arena_alloc(arena, cap);

    json[0] = '[';
    while (rule < RULE_COUNT) {
        len += (size_t)snprintf(json + len, cap - len, "%s\"%s\"",
                                len > 1 ? "," : "", rules_reason(rule));
        rule = rules_judge(j->set, &j->signals, &j->source, rule + 1);
    }
    json[len++] = ']';
    return slice_make(json, len);
}

/* Have rules for lines left nothing?  Then no limit is asked. */
static bool is_bare(const struct judging *j)
{
    if (!j->set->repairs)
        return false;
    return j->quality->from_signals ? j->signals.value[SIGNAL_CHARS] == 0
                                    : j->text.len == 0;
}

/* The reason to drop the document, or NULL. */
static const char *judge(struct judging *j, struct batch *b, struct record *r)
{
    const struct quality *quality = j->quality;
    struct slice reasons = slice_from("[\"no lines\"]");
    const char *reason = "no lines";

    if (quality->signals) {
        signals_measure(&j->signals, &j->source, GROUP_ALL);
        record_add_json(b, r, b->schema.names[KEY_QUALITY],
                        signals_json(&j->signals, &b->arena));
    }
    if (!is_bare(j)) {
        int rule = rules_judge(j->set, &j->signals, &j->source, 0);

        reason = rule == RULE_COUNT ? NULL : rules_reason(rule);
        if (quality->reasons)
            reasons = all_reasons(j, rule, &b->arena);
    }
    if (quality->reasons)
        record_add_json(b, r, slice_from("quality_reasons"), reasons);
    return reason;
}

/* False when the record cannot be judged; it is rejected then. */
static bool prepare_record(struct judging *j, struct batch *b,
                           struct record *r)
{
    if (j->quality->from_signals)
        return signals_field(r, &j->signals);
    if (!record_has_text(r)) {
        record_reject(r, "the text is missing", 0);
        return false;
    }
    prepare(j, b, r);
    return true;
}

/* ---- the stage ---- */

static void *quality_worker_open(const void *self)
{
    (void)self;
    return xcalloc(1, sizeof(struct quality_worker));
}

static void quality_map(const void *self, struct batch *b)
{
    const struct quality *quality = self;
    struct quality_worker *worker = b->worker;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        struct judging j = { .quality = quality, .scratch = &worker->scratch,
                             .set = rules_for(&quality->rules, r->lang) };
        const char *reason;

        if (!prepare_record(&j, b, r))
            continue;
        reason = judge(&j, b, r);
        if (r->state != RECORD_REJECTED && reason) {
            record_drop(r, reason);
        } else if (r->state != RECORD_REJECTED) {
            struct tally *tally = tally_of(worker, r->lang);

            for (int line = 0; line < LINE_RULE_COUNT; line++)
                if (line != LINE_CITATIONS)
                    tally->lines += j.report.gone[line];
            signals_measure(&j.signals, &j.source, GROUP_BASIC);
            tally->words += (uint64_t)j.signals.value[SIGNAL_WORDS] /
                            SIGNAL_ONE;
            if (!quality->from_signals && j.text.ptr != r->text.ptr)
                record_set_text(b, r, arena_copy(&b->arena, j.text));
        }
        arena_reset(&worker->scratch);
    }
}

static void quality_worker_close(void *self, void *state)
{
    struct quality *quality = self;
    struct quality_worker *worker = state;

    for (size_t i = 0; i < worker->tally_count; i++) {
        struct tally *tally = &worker->tallies[i];
        struct slice lang = worker->langs.labels[i];

        ledger_note(quality->notes, lang, "words", tally->words);
        if (tally->lines > 0)
            ledger_note(quality->notes, lang, "lines taken out", tally->lines);
    }
    langs_clear(&worker->langs);
    free(worker->tallies);
    arena_clear(&worker->scratch);
    free(worker);
}

static const struct option quality_options[] = {
    { "rules", OPTION_TEXT, offsetof(struct quality, rules_name), "fineweb2",
      "FILE|PRESET", "gopher, c4, fineweb, fineweb2, european; or a file" },
    { "words", OPTION_TEXT, offsetof(struct quality, words_name), "unicode",
      "NAME", "how words part: unicode, or blanks" },
    { "stop-words", OPTION_TEXT, offsetof(struct quality, common_name),
      "stopwords", "FILE", "lists of stop words, for stop_share" },
    { "phrases", OPTION_TEXT, offsetof(struct quality, phrases_name), "phrases",
      "FILE", "what notices, menus and pornography say" },
    { "characters", OPTION_TEXT, offsetof(struct quality, charlm_name),
      "characters", "FILE", "model of characters, for char_bits" },
    { "score", OPTION_TEXT, offsetof(struct quality, score_name), "score",
      "FILE", "weights of the document score" },
    { "signals", OPTION_FLAG, offsetof(struct quality, signals), NULL, NULL,
      "add all that can be measured as \"quality\"" },
    { "from-signals", OPTION_FLAG, offsetof(struct quality, from_signals), NULL,
      NULL, "judge what --signals has added, without reading the text" },
    { "reasons", OPTION_FLAG, offsetof(struct quality, reasons), NULL, NULL,
      "add all reasons as \"quality_reasons\"" },
    { 0 }
};

const struct stage quality_stage = {
    .name = "quality",
    .summary = "repair and drop documents by rules of quality and repetition",
    .options = quality_options,
    .size = sizeof(struct quality),
    .flags = STAGE_NO_TEXT,
    .open = quality_open,
    .worker_open = quality_worker_open,
    .map = quality_map,
    .worker_close = quality_worker_close,
    .close = quality_close,
};
