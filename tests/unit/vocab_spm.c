/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_spm - SentencePiece's .model: which are read and which are refused,
 * files that are broken wherever they break off, and vocabularies that scores
 * cannot say.
 */
#include <unistd.h>

#include "src/compress.h"
#include "tests/check.h"
#include "tokenizer/encoder.h"
#include "tokenizer/vocab_json.h"
#include "tokenizer/vocab_spm.h"

#define U2581 "\xe2\x96\x81"

struct file {
    char bytes[4096];
    size_t len;
};

static void put(struct file *file, const char *bytes, size_t len)
{
    memcpy(file->bytes + file->len, bytes, len);
    file->len += len;
}

/* A piece of up to 100 bytes, with its score and type. */
static void put_piece(struct file *file, const char *spell, float score,
                      int type)
{
    size_t len = strlen(spell);
    char head[] = { 0x0a, (char)(len + 9), 0x0a, (char)len };
    char tail[] = { 0x15, 0, 0, 0, 0, 0x18, (char)type };

    memcpy(tail + 1, &score, 4); /* tests run on little-endian machines */
    put(file, head, 4);
    put(file, spell, len);
    put(file, tail, 7);
}

/* Trainer: BPE; normalizer: no prefix, nothing removed. */
static const char settings[] = "\x12\x02\x18\x02"
                               "\x1a\x04\x18\x00\x20\x00";

static void put_settings(struct file *file)
{
    put(file, settings, sizeof settings - 1);
}

static void put_letters(struct file *file)
{
    put_piece(file, "<unk>", 0, 2);
    put_piece(file, "<s>", 0, 3);
    put_piece(file, "a", -10, 1);
    put_piece(file, "b", -11, 1);
    put_piece(file, U2581, -12, 1);
}

static struct vocab *read_file(const struct file *file, struct fault *fault)
{
    struct slice text = slice_make(file->bytes, file->len);

    check(vocab_spm_is(text));
    return vocab_spm_read(text, fault);
}

static void gives(const struct vocab *vocab, const char *text,
                  const char *want)
{
    struct encoder_worker *worker = encoder_worker_new();
    struct encoder encoder;
    struct fault fault = { 0 };
    char got[200] = "";

    check(encoder_open(&encoder, vocab, false, &fault));
    check(encoder_text(&encoder, worker, slice_from(text), &fault));
    for (size_t i = 0; i < worker->count; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%u",
                 i ? " " : "", worker->ids[i]);
    check_that(strcmp(got, want) == 0, "'%s' gives %s, not %s", text, got,
               want);
    encoder_close(&encoder);
    encoder_worker_free(worker);
}

/* "ab" before "ba" before " a"; "aba" in two ways, before all of them. */
static void the_highest_score_goes_first(void)
{
    struct file file = { .len = 0 };
    struct fault fault;
    struct vocab *vocab;

    put_letters(&file);
    put_piece(&file, "ab", -1, 1);
    put_piece(&file, "ba", -2, 1);
    put_piece(&file, U2581 "a", -3, 1);
    put_piece(&file, "aba", 0, 1);
    put_piece(&file, "[x]", 0, 4);
    put_settings(&file);
    vocab = read_file(&file, &fault);
    check_that(vocab != NULL, "%s at %zu", fault.what, fault.at);
    check(vocab->merge_count == 5 && vocab->unk == 0 && !vocab->fallback);
    gives(vocab, "ab", "5");
    gives(vocab, "bba", "3 6");
    gives(vocab, "abab", "8 3");
    gives(vocab, " ab a", "4 5 7");
    gives(vocab, "a[x]b<s>", "2 9 3 0");
    vocab_free(vocab);
}

/* What must be refused, by the piece that is put last or the settings. */
static const struct {
    const char *what, *spell, *settings;
    float score;
    int type;
} refused[] = {
    { NULL, "ab", settings, -1, 1 },
    { "a piece without characters", "", settings, -1, 1 },
    { "a piece is not UTF-8", "\xff", settings, -1, 1 },
    { "a piece stands twice", "a", settings, -1, 1 },
    { "unused pieces are not supported", "ab", settings, -1, 5 },
    { "a byte is not spelled <0x00> to <0xFF>", "ab", settings, -1, 6 },
    { "a piece is spelled like a byte", "<0x41>", settings, -1, 1 },
    { "some bytes have no piece", "<0x41>", settings, -1, 6 },
    { "a second piece for what is unknown", "?", settings, -1, 2 },
    { "a user-defined piece with a space is not supported", U2581 "x",
      settings, -1, 4 },
    { "a piece that is not understood", "ab", settings, -1, 7 },
    { "this model type is not supported, only BPE", "ab",
      "\x12\x02\x18\x01" "\x1a\x04\x18\x00\x20\x00", -1, 1 },
    { "this model type is not supported, only BPE", "ab",
      "\x1a\x04\x18\x00\x20\x00", -1, 1 },
    { "its normalization changes texts, which is not supported: only identity",
      "ab", "\x12\x02\x18\x02" "\x1a\x07\x12\x01x\x18\x00\x20\x00", -1, 1 },
    { "remove_extra_whitespaces is not supported", "ab",
      "\x12\x02\x18\x02" "\x1a\x02\x18\x00", -1, 1 },
    { "remove_extra_whitespaces is not supported", "ab", "\x12\x02\x18\x02",
      -1, 1 },
    { "spaces are not spelled U+2581 before words, which is not supported",
      "ab", "\x12\x05\x18\x02\xc0\x01\x01" "\x1a\x04\x18\x00\x20\x00", -1, 1 },
    { "spaces are not spelled U+2581 before words, which is not supported",
      "ab", "\x12\x02\x18\x02" "\x1a\x04\x20\x00\x28\x00", -1, 1 },
};

/* The settings have bytes of zero; each part says its length. */
static void put_raw(struct file *file, const char *bytes)
{
    size_t len = 0;

    while (bytes[len] == 0x12 || bytes[len] == 0x1a)
        len += 2 + (size_t)bytes[len + 1];
    put(file, bytes, len);
}

static void what_is_refused(void)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct file file = { .len = 0 };
        struct fault fault;
        struct vocab *vocab;

        put_letters(&file);
        put_piece(&file, refused[i].spell, refused[i].score, refused[i].type);
        put_raw(&file, refused[i].settings);
        vocab = read_file(&file, &fault);
        check_that((vocab == NULL) == (refused[i].what != NULL),
                   "refused %zu", i);
        check_that(vocab || strcmp(fault.what, refused[i].what) == 0,
                   "refused %zu: %s", i, fault.what);
        check(vocab || fault.at < file.len);
        vocab_free(vocab);
    }
}

/* Of equal scores the leftmost is merged first: there is no order of merges. */
static void equal_scores(void)
{
    struct file file = { .len = 0 };
    struct fault fault;
    struct vocab *vocab;

    put_letters(&file);
    put_piece(&file, "ab", -1, 1);
    put_piece(&file, "ba", -1, 1);
    put_settings(&file);
    check(!read_file(&file, &fault));
    check(strcmp(fault.what, "its score is another piece's, too") == 0);

    /* Runs of all lengths up to 4 come out alike ... */
    file.len = 0;
    put_letters(&file);
    put_piece(&file, "aa", -9, 1);
    put_piece(&file, "aaaa", -9, 1);
    put_piece(&file, "aaa", -9, 1);
    put_settings(&file);
    vocab = read_file(&file, &fault);
    check_that(vocab != NULL, "%s at %zu", fault.what, fault.at);
    gives(vocab, "aaaaaaaaaab", "6 6 5 3");
    gives(vocab, "aaaaaaa", "6 7");
    vocab_free(vocab);

    /* ... but not when one is missing, or the order is a bad one. */
    file.len = 0;
    put_letters(&file);
    put_piece(&file, "aa", -9, 1);
    put_piece(&file, "aaaa", -9, 1);
    put_settings(&file);
    check(!read_file(&file, &fault));
    file.len = 0;
    put_letters(&file);
    put_piece(&file, "aa", -9, 1);
    put_piece(&file, "aaa", -9, 1);
    put_settings(&file);
    check(!read_file(&file, &fault));
}

/* Broken off anywhere: a fault, or all that stands before is whole. */
static void broken_files(void)
{
    struct file file = { .len = 0 };
    struct fault fault;

    put_letters(&file);
    put_piece(&file, "ab", -1, 1);
    put_settings(&file);
    for (size_t len = 0; len < file.len; len++) {
        char *bytes = malloc(len + 1);
        struct slice text = slice_make(bytes, len);

        memcpy(bytes, file.bytes, len);
        check(vocab_spm_is(text) == (len >= 16));
        check(!vocab_spm_read(text, &fault) && fault.what);
        check(fault.at <= len);
        free(bytes);
    }
    for (size_t i = 0; i < file.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            struct vocab *vocab;

            file.bytes[i] ^= (char)(1 << bit);
            vocab = vocab_spm_read(slice_make(file.bytes, file.len), &fault);
            check(vocab || (fault.what && fault.at <= file.len));
            vocab_free(vocab);
            file.bytes[i] ^= (char)(1 << bit);
        }
    check(!vocab_spm_is(slice_from("\n{\n  \"version\": \"1.0\"\n}")));
    check(!vocab_spm_is(slice_from("")));
}

/* One of characters, with these merges; and what writing says of it. */
static const struct {
    const char *what, *normalizer, *tokens, *merges;
} unsayable[] = {
    { NULL, "", "", "" },
    { NULL, "", ",\"ab\":4,\"abc\":5", "[\"a\",\"b\"],[\"ab\",\"c\"]" },
    { NULL, "", ",\"ab\":4,\"bc\":5,\"abc\":6",
      "[\"a\",\"b\"],[\"b\",\"c\"],[\"ab\",\"c\"],[\"a\",\"bc\"]" },
    /* "ab" would be made of "a" and "b", which no merge does here. */
    { "its merges are not those that scores would give", "", ",\"ab\":4", "" },
    /* "abc" comes first where "a" and "bc" meet, not where "ab" and "c". */
    { "its merges are not those that scores would give", "",
      ",\"bc\":4,\"abc\":5,\"ab\":6",
      "[\"a\",\"bc\"],[\"b\",\"c\"],[\"a\",\"b\"],[\"ab\",\"c\"]" },
    { "a text that begins with a space has none put before it, which cannot "
      "be written",
      "\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"" U2581
      "\",\"prepend_scheme\":\"first\",\"split\":false},", "", "" },
    { "text is cut at each space, which cannot be written",
      "\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"" U2581
      "\",\"prepend_scheme\":\"never\",\"split\":true},", "", "" },
};

static void what_scores_cannot_say(void)
{
    char path[] = "/tmp/mlin-spm-XXXXXX";
    int fd = mkstemp(path);

    check(fd >= 0 && close(fd) == 0);
    for (size_t i = 0; i < sizeof unsayable / sizeof *unsayable; i++) {
        const char *replace =
            "\"normalizer\":{\"type\":\"Replace\",\"pattern\":{\"String\":"
            "\" \"},\"content\":\"" U2581 "\"},";
        char json[2000];
        struct fault fault;
        struct vocab *vocab;

        snprintf(json, sizeof json,
                 "{%s\"added_tokens\":[{\"id\":0,\"content\":\"<unk>\","
                 "\"special\":true}],\"model\":{\"type\":\"BPE\","
                 "\"unk_token\":\"<unk>\",\"fuse_unk\":true,\"vocab\":"
                 "{\"<unk>\":0,\"a\":1,\"b\":2,\"c\":3%s},\"merges\":[%s]}}",
                 *unsayable[i].normalizer ? unsayable[i].normalizer : replace,
                 unsayable[i].tokens, unsayable[i].merges);
        vocab = vocab_json_read(slice_from(json), &fault);
        check_that(vocab != NULL, "%s", fault.what);
        check_that(vocab_spm_save(vocab, VOCAB_NONE, path, &fault) ==
                       !unsayable[i].what, "unsayable %zu", i);
        check_that(!unsayable[i].what ||
                       strcmp(fault.what, unsayable[i].what) == 0,
                   "unsayable %zu: %s", i, fault.what);
        vocab_free(vocab);
    }
    unlink(path);
}

int main(void)
{
    the_highest_score_goes_first();
    what_is_refused();
    equal_scores();
    broken_files();
    what_scores_cannot_say();
    return check_done();
}
