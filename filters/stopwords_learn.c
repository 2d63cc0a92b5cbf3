/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stopwords - the words that any text of a language holds, learnt from texts of
 * it: a table of rules with a list for each.
 *
 * Words are counted as they are written, clitics (l', il-, ta') as the rules
 * find them (src/words.h); words with a capital or a number are passed over, so
 * that names and the beginnings of sentences are.  A word is taken when its
 * share of all words is at least --share, and in each sixteenth of the text at
 * least a quarter of that: what is frequent in one source alone is none.
 * If that gives fewer than --least words, the most frequent of those that stand
 * in each sixteenth are taken.
 *
 * A language is one task; the table does not depend on the number of threads.
 * Memory: a thread needs 128 bytes for each different word of a language.
 */
#include <stdio.h>
#include <stdlib.h>

#include "filters/label_texts.h"
#include "filters/signals.h"
#include "filters/stopwords.h"
#include "src/charclass.h"
#include "src/fail.h"
#include "src/hash.h"
#include "src/labels.h"
#include "src/output.h"
#include "src/parallel.h"
#include "src/stage.h"
#include "src/utf8.h"
#include "src/words.h"

enum { PARTS = 16 };

struct settings {
    const char *out, *share;
    uint64_t least, most, threads;
};

static const struct option stopwords_options[] = {
    { "out", OPTION_TEXT, offsetof(struct settings, out), "-", "FILE",
      "where to write the table" },
    { "share", OPTION_TEXT, offsetof(struct settings, share), "0.008", "X",
      "how much of all words a stop word is, at least" },
    { "least", OPTION_COUNT, offsetof(struct settings, least), "8", "N",
      "words of a list, at least" },
    { "most", OPTION_COUNT, offsetof(struct settings, most), "24", "N",
      "words of a list, at most" },
    { "threads", OPTION_COUNT, offsetof(struct settings, threads), NULL, "N",
      "processors to use (default: all that the process may use)" },
    { 0 }
};

/* ---- counting ---- */

struct entry {
    struct slice word;     /* in the text; ptr NULL = free */
    uint32_t part[PARTS];  /* how often in each part */
    uint64_t count;
};

struct counts {
    struct entry *slots;   /* [mask + 1] */
    size_t mask, used;
    uint64_t words[PARTS], all;
};

static struct entry *find(const struct counts *counts, struct slice word)
{
    size_t at = hash64(word) & counts->mask;

    while (counts->slots[at].word.ptr &&
           !slice_equal(counts->slots[at].word, word))
        at = (at + 1) & counts->mask;
    return &counts->slots[at];
}

static void widen(struct counts *counts)
{
    struct entry *old = counts->slots;
    size_t size = counts->mask + 1;

    counts->mask = 2 * size - 1;
    counts->slots = xcalloc(2 * size, sizeof *old);
    for (size_t i = 0; i < size; i++)
        if (old[i].word.ptr)
            *find(counts, old[i].word) = old[i];
    free(old);
}

/* Small letters and marks, and what parts a clitic. */
static bool is_plain(struct slice word)
{
    for (size_t at = 0; at < word.len;) {
        uint32_t c = utf8_next(word, &at);
        uint8_t class = charclass_get(c);

        if ((class & CHAR_NUMBER) || class == CHAR_LU || class == CHAR_LT)
            return false;
    }
    return true;
}

static void add(struct counts *counts, struct slice word, size_t part)
{
    struct entry *entry;

    if (word.len > STOPWORDS_LEN_MAX || !is_plain(word))
        return;
    if (2 * counts->used > counts->mask)
        widen(counts);
    entry = find(counts, word);
    if (!entry->word.ptr) {
        entry->word = word;
        counts->used++;
    }
    entry->part[part]++;
    entry->count++;
}

/*
 * A clitic is counted beside the word that it is part of, but not a full stop
 * or a hyphen behind a whole word.
 */
static void count_line(struct counts *counts, struct slice line, size_t part,
                       struct arena *scratch)
{
    struct record_words table;

    words_find(&table, line, scratch);
    for (size_t i = 0; i < table.word_count; i++) {
        struct span word = table.words[i];
        struct slice clitic;

        if (!(word.flags & WORD_LETTER))
            continue;
        counts->words[part]++;
        counts->all++;
        add(counts, words_slice(&table, word), part);
        if (words_clitic(&table, word, &clitic) &&
            clitic.ptr[clitic.len - 1] == '\'')
            add(counts, clitic, part);
    }
    arena_reset(scratch);
}

/* ---- choosing ---- */

static int entry_compare(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;

    if (left->count != right->count)
        return left->count < right->count ? 1 : -1;
    return slice_compare(left->word, right->word);
}

/* Has the word the share of each part, in units of 1 / 4 of `share`? */
static bool is_spread(const struct counts *counts, const struct entry *entry,
                      double share)
{
    for (size_t i = 0; i < PARTS; i++)
        if (entry->part[i] == 0 ||
            entry->part[i] < share / 4 * (double)counts->words[i])
            return false;
    return true;
}

struct training {
    const struct settings *settings;
    double share;
    const struct labels_file *files;
    struct slice *texts; /* [count]: owned */
    struct slice *lists; /* [count]: owned, words with blanks between them */
};

static struct slice choose(const struct training *training,
                           struct counts *counts)
{
    const struct settings *settings = training->settings;
    char *list = xmalloc((settings->most + 1) * (STOPWORDS_LEN_MAX + 1));
    size_t kept = 0, len = 0, taken = 0;

    for (size_t i = 0; i <= counts->mask; i++)
        if (counts->slots[i].word.ptr &&
            is_spread(counts, &counts->slots[i], 0))
            counts->slots[kept++] = counts->slots[i];
    qsort(counts->slots, kept, sizeof *counts->slots, entry_compare);
    for (size_t i = 0; i < kept && taken < settings->most; i++) {
        const struct entry *entry = &counts->slots[i];
        bool is_frequent = (double)entry->count >=
                           training->share * (double)counts->all;

        if (!is_frequent && taken >= settings->least)
            break;
        if (is_frequent && !is_spread(counts, entry, training->share))
            continue;
        if (taken++ > 0)
            list[len++] = ' ';
        memcpy(list + len, entry->word.ptr, entry->word.len);
        len += entry->word.len;
    }
    return slice_make(list, len);
}

static void train_language(void *context, size_t i, size_t worker)
{
    struct training *training = context;
    struct slice text = training->texts[i], left = text, line;
    struct counts counts = { .mask = 4095 };
    struct arena scratch = { 0 };

    (void)worker;
    counts.slots = xcalloc(counts.mask + 1, sizeof *counts.slots);
    while (labels_line(&left, &line)) {
        size_t at = (size_t)(line.ptr - text.ptr);

        count_line(&counts, line, at * PARTS / (text.len + 1), &scratch);
    }
    training->lists[i] = choose(training, &counts);
    arena_clear(&scratch);
    free(counts.slots);
}

/* ---- the command ---- */

static void check_settings(const struct settings *settings, size_t count,
                           double *share)
{
    int64_t millionths;

    if (count != 1)
        usage_error("give one directory of <label>.txt[.gz|.zst]");
    if (!signals_number(slice_from(settings->share), &millionths) ||
        millionths > SIGNAL_ONE)
        usage_error("--share is a number from 0 to 1, not '%s'",
                    settings->share);
    if (settings->most >= STOPWORDS_MAX || settings->least > settings->most)
        usage_error("--least is at most --most, which is below %d",
                    STOPWORDS_MAX);
    *share = (double)millionths / SIGNAL_ONE;
}

static void write_table(const struct training *training, size_t count)
{
    const struct settings *settings = training->settings;
    struct output *output = output_open(settings->out);

    output_print(output,
                 "# Stop words of each language, the most frequent first.\n"
                 "# Written by mlin stopwords --share %s --least %llu "
                 "--most %llu.\n#\n# rule\tlang\tvalue\n"
                 "min_stop_words\t*\t2\n",
                 settings->share, (unsigned long long)settings->least,
                 (unsigned long long)settings->most);
    for (size_t i = 0; i < count; i++)
        if (training->lists[i].len > 0)
            output_print(output, "stop_words\t%s\t%.*s\n",
                         training->files[i].label,
                         (int)training->lists[i].len, training->lists[i].ptr);
    output_close(output);
}

static int stopwords_run(void *self, const char *const *operands, size_t count)
{
    const struct settings *settings = self;
    struct training training = { .settings = settings };
    struct labels_file *files;
    size_t languages;

    check_settings(settings, count, &training.share);
    files = labels_list(operands[0], "txt", &languages);
    training.files = files;
    training.lists = xcalloc(languages, sizeof *training.lists);
    training.texts = label_texts_read(files, languages);
    parallel_for(settings->threads > 0 ? (size_t)settings->threads
                                       : parallel_cores(),
                 languages, train_language, &training);
    write_table(&training, languages);
    for (size_t i = 0; i < languages; i++)
        free((char *)training.lists[i].ptr);
    free(training.lists);
    label_texts_free(training.texts, languages);
    labels_free(files, languages);
    return 0;
}

extern const struct command stopwords_command;
const struct command stopwords_command = {
    .name = "stopwords",
    .summary = "learn lists of stop words from texts of known language",
    .operands = "DIR",
    .options = stopwords_options,
    .size = sizeof(struct settings),
    .run = stopwords_run,
};
