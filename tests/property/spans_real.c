/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans_real - on real documents in 24 languages the words that stand in a
 * window that stood before are those which a set of all windows says, each a
 * hash of 128 bits of its words as the judge spells them; but for one in
 * 100,000, because 16 bits judge where a span ends.
 *
 *     spans_real [DOCUMENTS [LENGTH]]    of each language at most; 150; 50
 */
#include <string.h>

#include "filters/spans.h"
#include "src/compress.h"
#include "src/hashset.h"
#include "src/json.h"
#include "tests/check.h"
#include "tests/shingle_judge.h"

static const char *const languages[] = {
    "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga",
    "hr", "hu", "it", "lt", "lv", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
};

static struct arena arena;
static struct hashset seen;
static struct spans_shape shape;
static struct spans *spans;
static size_t documents;
static uint64_t words_seen, repeated, missed, too_far;

/* The word without case and marks, and its digits. */
static struct hash128 spelled(struct slice word)
{
    struct slice plain = judge_plain(word, &arena);
    char *both = arena_alloc(&arena, plain.len + 4 * word.len);
    size_t len = plain.len;

    memcpy(both, plain.ptr, plain.len);
    for (size_t at = 0; at < word.len;) {
        uint32_t c = utf8_next(word, &at);

        if (charclass_get(c) == CHAR_ND)
            len += utf8_put(both + len, c);
    }
    return hash128(slice_make(both, len));
}

static void judge(const struct span_words *words,
                  const struct span_matches *matches)
{
    struct hash128 *each = arena_alloc(&arena, words->count * sizeof *each);
    bool *got = arena_zero(&arena, words->count, sizeof *got);
    size_t from = 0; /* words before it need not be said to be repeated */

    for (size_t i = 0; i < words->count; i++)
        each[i] = spelled(slice_make(words->text.ptr + words->begins[i],
                                     words->ends[i] - words->begins[i]));
    for (size_t k = 0; k < matches->count; k++)
        for (size_t i = matches->list[k].first; i < matches->list[k].end; i++)
            got[i] = true;
    for (size_t i = 0; i < words->count; i++) {
        struct slice window = slice_make((const char *)(each + i),
                                         shape.length * sizeof *each);

        if (i + shape.length <= words->count &&
            !hashset_add(&seen, hash128(window)))
            from = i + shape.length;
        missed += !got[i] && i < from;
        too_far += got[i] && i >= from;
        repeated += i < from;
    }
    words_seen += words->count;
}

static void take_document(struct slice line)
{
    struct json_member member;
    struct fault fault;
    struct slice text;
    struct span_words *words;
    struct span_matches matches;
    char id[24];

    check(json_find(line, slice_from("text"), &member));
    check(json_unescape(member.value, &arena, &text, &fault));
    words = spans_read(&shape, text, &arena);
    snprintf(id, sizeof id, "%zu", documents++);
    check(spans_take(spans, words, slice_from(id), &arena, &matches));
    judge(words, &matches);
    arena_reset(&arena);
}

static void take_file(const char *language, size_t most)
{
    char path[4096], *bytes;
    size_t len;
    struct fault fault;

    snprintf(path, sizeof path, "%s/text/debian-bench/%s.jsonl.zst",
             check_data(), language);
    if (!file_read(path, (size_t)1 << 30, &bytes, &len, &fault)) {
        printf("skipped: %s: %s\n", path, fault.what);
        exit(77);
    }
    for (size_t at = 0; at < len && most > 0; most--) {
        char *end = memchr(bytes + at, '\n', len - at);
        size_t stop = end ? (size_t)(end - bytes) : len;

        take_document(slice_make(bytes + at, stop - at));
        at = stop + 1;
    }
    free(bytes);
}

int main(int argc, char **argv)
{
    size_t most = argc > 1 ? strtoul(argv[1], NULL, 10) : 150;

    shingle_open();
    shape = spans_shape(argc > 2 ? strtoul(argv[2], NULL, 10) : 50);
    spans = spans_new(&shape, 0);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        take_file(languages[i], most);
    printf("%zu documents, %llu words, %llu repeated; %llu not found, %llu "
           "too many\n", documents, (unsigned long long)words_seen,
           (unsigned long long)repeated, (unsigned long long)missed,
           (unsigned long long)too_far);
    printf("%.2f MB, %.2f of them for a million words that are kept\n",
           (double)spans_bytes(spans) / 1e6,
           (double)spans_bytes(spans) / (double)spans_word_count(spans));
    check(repeated > 100000 && (missed + too_far) * 100000 < repeated);
    spans_free(spans);
    hashset_clear(&seen);
    arena_clear(&arena);
    return check_done();
}
