/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab - building a vocabulary, writing tokenizer.json, reading it back, and
 * what is said of files that are not one.
 */
#include <string.h>
#include <unistd.h>

#include "src/compress.h"
#include "tests/check.h"
#include "tokenizer/vocab_file.h"
#include "tokenizer/vocab_json.h"

static struct slice text_of(const char *string)
{
    return slice_from(string);
}

static uint32_t add(struct vocab *vocab, const char *bytes)
{
    return vocab_add_token(vocab, text_of(bytes));
}

/* Every byte has one character, every such character its byte. */
static void the_byte_alphabet_is_a_bijection(void)
{
    unsigned seen = 0;

    for (unsigned byte = 0; byte < 256; byte++)
        check(vocab_char_byte(vocab_byte_char((unsigned char)byte)) ==
              (int)byte);
    for (uint32_t c = 0; c < 0x200; c++)
        seen += vocab_char_byte(c) >= 0;
    check(seen == 256);
    check(vocab_byte_char(' ') == 0x120);
    check(vocab_byte_char('\n') == 0x10a);
    check(vocab_byte_char(0xad) == 0x143);
    check(vocab_char_byte(0x110000) == -1 && vocab_char_byte(UINT32_MAX) == -1);
}

static struct vocab *small_vocab(const char *pretokenizer)
{
    struct vocab *vocab = vocab_new(pretokenizer);
    uint32_t end = vocab_add_special(vocab, text_of("<|endoftext|>"));
    uint32_t a = add(vocab, "a"), b = add(vocab, "b"), blank = add(vocab, " ");
    uint32_t ab, quote;

    check(end == 0 && a == 1 && b == 2 && blank == 3);
    for (unsigned byte = 0; byte < 256; byte++) {
        char c = (char)(unsigned char)byte;
        uint32_t id;

        if (!vocab_find(vocab, slice_make(&c, 1), &id))
            vocab_add_token(vocab, slice_make(&c, 1));
    }
    ab = add(vocab, "ab");
    vocab_add_merge(vocab, a, b, ab);
    vocab_add_merge(vocab, blank, ab, add(vocab, " ab"));
    check(vocab_find(vocab, text_of("\""), &quote));
    vocab_add_merge(vocab, quote, ab, add(vocab, "\"ab"));
    check(vocab_add(vocab, text_of("  "), VOCAB_ADDED | VOCAB_NORMALIZED |
                                              VOCAB_LSTRIP) == 260);
    return vocab;
}

static void tokens_are_found_once(void)
{
    struct vocab *vocab = small_vocab(NULL);
    uint32_t id;

    check(add(vocab, "ab") == VOCAB_NONE);
    check(vocab_add_special(vocab, text_of("<|endoftext|>")) == VOCAB_NONE);
    check(vocab_find(vocab, text_of(" ab"), &id) && id == 258);
    check(!vocab_find(vocab, text_of("abc"), &id));
    check(!vocab_find(vocab, text_of("  "), &id));
    check(vocab_find_added(vocab, text_of("  "), &id) && id == 260);
    check(!vocab_find_added(vocab, text_of("ab"), &id));
    check(vocab_find_added(vocab, text_of("<|endoftext|>"), &id) && id == 0);
    vocab_free(vocab);
}

static char *read_whole(const char *path, size_t *len)
{
    struct fault fault;
    char *bytes;

    check(file_read(path, 1 << 28, &bytes, len, &fault));
    return bytes;
}

/* What was written is read as the same vocabulary, and written the same. */
static void writing_and_reading_agree(const char *pretokenizer)
{
    struct vocab *vocab = small_vocab(pretokenizer), *again;
    char path[] = "/tmp/mlin-vocab-XXXXXX";
    struct fault fault;
    size_t len, len_again;
    char *first, *second;

    close(mkstemp(path));
    vocab->ignore_merges = true;
    vocab->nfc = true;
    vocab_json_save(vocab, path);
    first = read_whole(path, &len);
    again = vocab_load(path, &fault);
    check_that(again, "%s at %zu", fault.what, fault.at);
    check(again->count == vocab->count);
    check(again->merge_count == vocab->merge_count);
    check(again->nfc && again->ignore_merges);
    check(strcmp(again->pretokenizer, vocab->pretokenizer) == 0);
    for (size_t i = 0; i < vocab->count; i++) {
        check(slice_equal(again->tokens[i].bytes, vocab->tokens[i].bytes));
        check(again->tokens[i].flags == vocab->tokens[i].flags);
    }
    vocab_json_save(again, path);
    second = read_whole(path, &len_again);
    check(len == len_again && memcmp(first, second, len) == 0);
    free(first);
    free(second);
    unlink(path);
    vocab_free(vocab);
    vocab_free(again);
}

#define MODEL(vocab, merges) \
    "\"model\":{\"type\":\"BPE\",\"vocab\":{" vocab "},\"merges\":[" merges "]}"
#define LEVEL "\"pre_tokenizer\":{\"type\":\"ByteLevel\"," \
    "\"add_prefix_space\":false,\"use_regex\":true},"
#define SPLIT(pattern, how) "\"pre_tokenizer\":{\"type\":\"Sequence\"," \
    "\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":" pattern "," how "}," \
    "{\"type\":\"ByteLevel\",\"add_prefix_space\":false," \
    "\"use_regex\":false}]},"
#define ISOLATED "\"behavior\":\"Isolated\",\"invert\":false"
#define GOOD MODEL("\"a\":0,\"b\":1,\"ab\":2", "\"a b\"")

/* A file, and the fault it must give; NULL = it is good. */
static const struct {
    const char *what, *text;
} files[] = {
    { NULL, "{" LEVEL GOOD "}" },
    { NULL, " \n{" LEVEL MODEL("\"a\":0,\"b\":1,\"ab\":2",
                               "[\"a\",\"b\"]") "}\n" },
    { NULL, "{" SPLIT("{\"Regex\":\"\\\\p{L}+|\\\\s+\"}", ISOLATED)
            GOOD "}" },
    { NULL, "{\"normalizer\":{\"type\":\"NFC\"}," LEVEL GOOD "}" },
    { NULL, "{\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":"
            "[{\"type\":\"NFC\"}]}," LEVEL GOOD "}" },
    { NULL, "{\"added_tokens\":[{\"id\":3,\"content\":\"<s>\",\"special\":"
            "true,\"normalized\":false}]," LEVEL GOOD "}" },
    { NULL, "{\"truncation\":{\"max_length\":5}," LEVEL GOOD "}" },
    { "not an object", "[1]" },
    { "there is no model", "{" LEVEL "\"model\":null}" },
    { "the model has no vocab", "{" LEVEL "\"model\":{\"merges\":[]}}" },
    { "the model has no merges", "{" LEVEL "\"model\":{\"vocab\":{}}}" },
    { "this model type is not supported, only BPE",
      "{" LEVEL "\"model\":{\"type\":\"Unigram\",\"vocab\":[]}}" },
    { "there is no pre-tokenizer: only byte-level vocabularies are supported",
      "{" GOOD "}" },
    { "add_prefix_space is not supported",
      "{\"pre_tokenizer\":{\"type\":\"ByteLevel\"}," GOOD "}" },
    { "this pre-tokenizer is not supported, only ByteLevel or Split and "
      "ByteLevel",
      "{\"pre_tokenizer\":{\"type\":\"Whitespace\"}," GOOD "}" },
    { "a Split without a Regex is not supported",
      "{" SPLIT("{\"String\":\" \"}", ISOLATED) GOOD "}" },
    { "this behavior of Split is not supported, only Isolated",
      "{" SPLIT("{\"Regex\":\"a\"}",
                "\"behavior\":\"MergedWithNext\",\"invert\":false")
      GOOD "}" },
    { "a Split that removes what does not match is not supported for this "
      "pattern", "{" SPLIT("{\"Regex\":\"a\"}", "\"behavior\":\"Removed\","
                           "\"invert\":true") GOOD "}" },
    { "the pattern of the Split is not a regular expression that is "
      "understood", "{" SPLIT("{\"Regex\":\"(\"}", ISOLATED) GOOD "}" },
    { "normalizer Lowercase is not supported",
      "{\"normalizer\":{\"type\":\"Lowercase\"}," LEVEL GOOD "}" },
    { "normalizer Prepend is not supported",
      "{\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":"
      "[{\"type\":\"Prepend\"},{\"type\":\"Replace\"}]}," LEVEL GOOD "}" },
    { "two tokens have this id", "{" LEVEL MODEL("\"a\":0,\"b\":0", "") "}" },
    { "ids have gaps: an id is above the number of tokens",
      "{" LEVEL MODEL("\"a\":0,\"b\":2", "") "}" },
    { "ids have gaps: an id is above the number of tokens",
      "{" LEVEL MODEL("\"a\":0,\"b\":4294967290", "") "}" },
    { "ids have gaps: the id after this one is missing",
      "{\"added_tokens\":[{\"id\":0,\"content\":\"a\"}]," LEVEL
      MODEL("\"a\":0,\"b\":2", "") "}" },
    { "an id is too large", "{" LEVEL MODEL("\"a\":9999999999", "") "}" },
    { "an id is not a number from 0 on", "{" LEVEL MODEL("\"a\":-1", "") "}" },
    { "an id is not a number from 0 on", "{" LEVEL MODEL("\"a\":1.0", "") "}" },
    { "an id is not a number from 0 on",
      "{" LEVEL MODEL("\"a\":\"0\"", "") "}" },
    { "a token without characters", "{" LEVEL MODEL("\"\":0", "") "}" },
    { "a token stands twice",
      "{" LEVEL MODEL("\"a\":0,\"\\u0061\":1", "") "}" },
    { "two tokens have this id",
      "{\"added_tokens\":[{\"id\":1,\"content\":\"x\"}]," LEVEL GOOD "}" },
    { "an added token without content",
      "{\"added_tokens\":[{\"id\":1}]," LEVEL GOOD "}" },
    { "an added token is not an object",
      "{\"added_tokens\":[7]," LEVEL GOOD "}" },
    { "a merge names a token that is not in the vocabulary",
      "{" LEVEL MODEL("\"a\":0,\"ab\":1", "\"a b\"") "}" },
    { "a merge makes a token that is not in the vocabulary",
      "{" LEVEL MODEL("\"a\":0,\"b\":1", "\"a b\"") "}" },
    { "a merge is not a pair of tokens",
      "{" LEVEL MODEL("\"a\":0", "\"a\"") "}" },
    { "a merge is not a pair of tokens",
      "{" LEVEL MODEL("\"a\":0", "[\"a\"]") "}" },
    { "a merge is not a pair of tokens",
      "{" LEVEL MODEL("\"a\":0", "[\"a\",\"a\",\"a\"]") "}" },
    { "a merge is not a pair of tokens",
      "{" LEVEL MODEL("\"a\":0", "7") "}" },
    { "lone surrogate", "{" LEVEL MODEL("\"\\ud800\":0", "") "}" },
    { "byte_fallback makes no sense here: tokens are of bytes",
      "{" LEVEL "\"model\":{\"byte_fallback\":true,\"vocab\":{\"a\":0},"
      "\"merges\":[]}}" },
    { "dropout is not supported",
      "{" LEVEL "\"model\":{\"dropout\":0.1,\"vocab\":{\"a\":0},"
      "\"merges\":[]}}" },
    { "prefixes and suffixes of words are not supported",
      "{" LEVEL "\"model\":{\"end_of_word_suffix\":\"</w>\",\"vocab\":"
      "{\"a\":0},\"merges\":[]}}" },
    { "unk_token is not in the vocabulary",
      "{" LEVEL "\"model\":{\"unk_token\":\"<u>\",\"vocab\":{\"a\":0},"
      "\"merges\":[]}}" },
};

static void bad_files_are_faults(void)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct slice text = slice_from(files[i].text);
        struct fault fault;
        struct vocab *vocab = vocab_json_read(text, &fault);

        if (!files[i].what) {
            check_that(vocab, "file %zu: %s at %zu", i, fault.what, fault.at);
        } else {
            check_that(!vocab, "file %zu: must not be read", i);
            check_that(strcmp(fault.what, files[i].what) == 0,
                       "file %zu: %s", i, fault.what);
            check_that(fault.at < text.len, "file %zu", i);
        }
        vocab_free(vocab);
    }
}

/* A file that ends early is a fault wherever it ends. */
static void truncated_files_are_faults(void)
{
    static const char whole[] =
        "{\"added_tokens\":[{\"id\":3,\"content\":\"<s>\"}]," LEVEL GOOD "}";

    for (size_t len = 0; len + 1 < sizeof whole; len++) {
        char *part = malloc(len + 1); /* exact, for the sanitizer */
        struct fault fault;

        memcpy(part, whole, len);
        check_that(!vocab_json_read(slice_make(part, len), &fault),
                   "%zu bytes", len);
        check(fault.what);
        free(part);
    }
}

/* The parts of a file that ask for what encode does not do are remembered. */
static void what_is_passed_over_is_remembered(void)
{
    static const char text[] =
        "{\"truncation\":{},\"post_processor\":{\"type\":\"Sequence\","
        "\"processors\":[{\"type\":\"ByteLevel\"},{\"type\":"
        "\"TemplateProcessing\"}]}," LEVEL GOOD "}";
    struct fault fault;
    struct vocab *vocab = vocab_json_read(slice_from(text), &fault);

    check(vocab && vocab->has_limits && vocab->has_template);
    vocab_free(vocab);
    vocab = vocab_json_read(slice_from("{" LEVEL GOOD "}"), &fault);
    check(vocab && !vocab->has_limits && !vocab->has_template);
    vocab_free(vocab);
}

int main(void)
{
    static const char *const names[] = { "gpt2", "llama3", "qwen2", "o200k",
                                         "\\p{L}+|[^\\p{L}]\"?" };

    the_byte_alphabet_is_a_bijection();
    tokens_are_found_once();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        writing_and_reading_agree(names[i]);
    bad_files_are_faults();
    truncated_files_are_faults();
    what_is_passed_over_is_remembered();
    return check_done();
}
