/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts_merge - many .cnt files into one, reading all of them side by side.
 *
 * Memory: a block, a word and what unpacking takes for each file that is open,
 * about 1 MB; nothing of it follows the size of the files.  More files than may
 * be open go in rounds, through files of the spill's folder.
 */
#include <stdlib.h>
#include <unistd.h>

#include "tokenizer/counts.h"
#include "tokenizer/counts_format.h"

enum { WORDS_BYTES = 1 << 16 };

/* A file and its next word; the first eight bytes of it compare at once. */
struct entry {
    uint64_t prefix;
    struct counts_source *source;
};

struct merge {
    struct counts_source **sources; /* [count] */
    struct fault *faults;           /* [count] */
    size_t count;
    struct counts_writer *writer;
    struct entry *heap;             /* [heap_count] of the section, least up */
    size_t heap_count;
    struct counts_words words;      /* encoded, not yet written */
    char *last, *word;              /* the word before, and this one */
    size_t last_len, last_cap, word_len, word_cap;
};

static struct slice word_of(const struct counts_source *source)
{
    return slice_make(source->word, source->word_len);
}

static bool is_less(const struct entry *a, const struct entry *b)
{
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix;
    return slice_compare(word_of(a->source), word_of(b->source)) < 0;
}

static void sift_down(struct merge *m, size_t at)
{
    struct entry entry = m->heap[at];

    for (;;) {
        size_t child = 2 * at + 1;

        if (child >= m->heap_count)
            break;
        if (child + 1 < m->heap_count &&
            is_less(&m->heap[child + 1], &m->heap[child]))
            child++;
        if (!is_less(&m->heap[child], &entry))
            break;
        m->heap[at] = m->heap[child];
        at = child;
    }
    m->heap[at] = entry;
}

/* The entry's next word; a file whose section is through leaves the heap. */
static bool entry_advance(struct merge *m, size_t at)
{
    struct counts_source *source = m->heap[at].source;
    uint64_t prefix = 0;

    if (!counts_source_word(source))
        return false;
    if (source->count == 0) {
        m->heap[at] = m->heap[--m->heap_count];
        return true;
    }
    memcpy(&prefix, source->word,
           source->word_len < sizeof prefix ? source->word_len
                                            : sizeof prefix);
    m->heap[at].prefix = __builtin_bswap64(prefix);
    return true;
}

/* The first words of the files in the heap. */
static bool heap_fill(struct merge *m)
{
    for (size_t i = m->heap_count; i-- > 0;)
        if (!entry_advance(m, i))
            return false;
    for (size_t i = m->heap_count / 2; i-- > 0;)
        sift_down(m, i);
    return true;
}

static void words_flush(struct merge *m)
{
    counts_writer_words(m->writer, slice_make(m->words.bytes, m->words.len));
    m->words.len = 0;
}

static void word_keep(struct merge *m)
{
    struct slice word = word_of(m->heap[0].source);

    m->word = grow(m->word, &m->word_cap, word.len, 1);
    memcpy(m->word, word.ptr, word.len);
    m->word_len = word.len;
}

/* What was this word is the last one; its memory is used again. */
static void word_to_last(struct merge *m)
{
    char *bytes = m->last;
    size_t cap = m->last_cap;

    m->last = m->word;
    m->last_len = m->word_len;
    m->last_cap = m->word_cap;
    m->word = bytes;
    m->word_cap = cap;
}

static bool merge_words(struct merge *m)
{
    uint64_t total = 0;

    m->last_len = 0;
    while (m->heap_count > 0) {
        uint64_t count = 0;

        word_keep(m);
        while (m->heap_count > 0 &&
               slice_equal(word_of(m->heap[0].source),
                           slice_make(m->word, m->word_len))) {
            struct counts_source *source = m->heap[0].source;

            if (source->count > (uint64_t)INT64_MAX - total)
                return counts_source_wrong(source, COUNTS_TOO_MUCH);
            total += source->count;
            count += source->count;
            if (!entry_advance(m, 0))
                return false;
            if (m->heap_count > 0)
                sift_down(m, 0);
        }
        counts_words_add(&m->words, slice_make(m->last, m->last_len),
                         slice_make(m->word, m->word_len), count);
        if (m->words.len >= WORDS_BYTES)
            words_flush(m);
        word_to_last(m);
    }
    words_flush(m);
    return true;
}

/* The files whose section is the least, into the heap; their heads' sum. */
static bool gather(struct merge *m, struct counts_head *head)
{
    m->heap_count = 0;
    for (size_t i = 0; i < m->count; i++) {
        struct counts_source *s = m->sources[i];
        int order;

        if (!s->in_section)
            continue;
        order = m->heap_count > 0 ? counts_head_compare(&s->head, head) : -1;
        if (order < 0) {
            m->heap_count = 0;
            *head = s->head;
            head->documents = head->text_bytes = 0;
        }
        if (order > 0)
            continue;
        if (head->documents > UINT64_MAX - s->head.documents ||
            head->text_bytes > UINT64_MAX - s->head.text_bytes)
            return counts_source_wrong(s, COUNTS_TOO_MUCH);
        head->documents += s->head.documents;
        head->text_bytes += s->head.text_bytes;
        m->heap[m->heap_count++] = (struct entry){ 0, s };
    }
    return true;
}

static bool merge_sections(struct merge *m)
{
    struct counts_source **group = xmalloc(m->count * sizeof *group);
    bool good = true;

    for (size_t i = 0; good && i < m->count; i++)
        good = counts_source_section(m->sources[i]);
    while (good) {
        struct counts_head head = { 0 };
        size_t count;

        good = gather(m, &head);
        count = m->heap_count;
        if (!good || count == 0)
            break;
        for (size_t i = 0; i < count; i++)
            group[i] = m->heap[i].source;
        counts_writer_begin(m->writer, &head);
        good = heap_fill(m) && merge_words(m);
        counts_writer_end(m->writer);
        for (size_t i = 0; good && i < count; i++)
            good = counts_source_section(group[i]);
    }
    free(group);
    return good;
}

static bool open_sources(struct merge *m, const char *const *files,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        m->sources[i] = counts_source_open(files[i], &m->faults[i]);
        m->count = i + 1;
        if (!m->sources[i])
            return false;
        if (strcmp(m->sources[i]->pretokenizer,
                   m->sources[0]->pretokenizer) != 0)
            return counts_source_wrong(m->sources[i],
                                       "counted with another pre-tokenizer");
    }
    return true;
}

static void merge_clear(struct merge *m)
{
    for (size_t i = 0; i < m->count; i++)
        counts_source_close(m->sources[i]);
    free(m->sources);
    free(m->faults);
    free(m->heap);
    free(m->words.bytes);
    free(m->last);
    free(m->word);
}

/* Files that may all be open at once. */
static void merge_few(const char *out, const char *const *files, size_t count)
{
    struct merge m = { .sources = xcalloc(count, sizeof *m.sources),
                       .faults = xcalloc(count, sizeof *m.faults),
                       .heap = xcalloc(count, sizeof *m.heap) };
    bool good = open_sources(&m, files, count);

    if (good) {
        m.writer = counts_writer_open(out, m.sources[0]->pretokenizer);
        good = merge_sections(&m);
    }
    if (!good && m.writer)
        counts_writer_cancel(m.writer);
    for (size_t i = 0; i < m.count; i++)
        if (m.faults[i].what)
            die("%s: byte %zu: %s", files[i], m.faults[i].at,
                m.faults[i].what);
    counts_writer_close(m.writer);
    merge_clear(&m);
}

/* Each group of files becomes a run; the runs are the next round's files. */
static size_t merge_round(const struct counts_spill *spill, size_t *next,
                          const char **files, size_t count, size_t at_once,
                          bool is_ours)
{
    size_t runs = 0;

    for (size_t i = 0; i < count; i += at_once) {
        size_t n = count - i < at_once ? count - i : at_once;
        char *run = counts_spill_name(spill, next);

        merge_few(run, files + i, n);
        for (size_t k = i; is_ours && k < i + n; k++) {
            unlink(files[k]);
            free((char *)files[k]);
        }
        files[runs++] = run;
    }
    return runs;
}

void counts_merge(const char *out, const char *const *files, size_t count,
                  size_t at_once, const struct counts_spill *spill)
{
    const char **now = xmalloc(count * sizeof *now);
    bool is_ours = false;
    size_t next = 0;

    memcpy(now, files, count * sizeof *now);
    for (; count > at_once; is_ours = true) {
        if (!spill)
            die("more than %zu files can only be merged into a regular file",
                at_once);
        count = merge_round(spill, &next, now, count, at_once, is_ours);
    }
    merge_few(out, now, count);
    for (size_t i = 0; is_ours && i < count; i++)
        free((char *)now[i]);
    free(now);
}
