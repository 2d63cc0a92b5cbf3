/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_forms - lists of ranks and GGUF: what is read, what is said of files
 * that are broken, wherever they break off, and that what is written is read as
 * the same vocabulary.
 */
#include <unistd.h>

#include "src/base64.h"
#include "src/compress.h"
#include "src/fail.h"
#include "tests/check.h"
#include "tokenizer/vocab_file.h"
#include "tokenizer/vocab_gguf.h"
#include "tokenizer/vocab_tiktoken.h"

enum { TEXT_MAX = 1 << 16 };

static struct slice text_of(const char *string)
{
    return slice_from(string);
}

/* ---- lists of ranks ---- */

/* Ranks 0 to 255 of the bytes, but one; then what the test wants. */
static struct slice ranks(char *text, int without, const char *more)
{
    struct arena arena = { 0 };
    size_t len = 0;

    for (int byte = 0; byte < 256; byte++) {
        char c = (char)(unsigned char)byte;
        struct slice spell = base64_encode(slice_make(&c, 1), &arena);

        if (byte != without)
            len += (size_t)snprintf(text + len, TEXT_MAX - len, "%.*s %d\n",
                                    (int)spell.len, spell.ptr, byte);
    }
    len += (size_t)snprintf(text + len, TEXT_MAX - len, "%s", more);
    arena_clear(&arena);
    return slice_make(text, len);
}

/* What stands after the bytes, and the fault it must give; NULL = it is good */
static const struct {
    const char *what, *more;
    int without;
} lists[] = {
    { NULL, "", -1 },
    { NULL, "YWI= 256\r\n\nYWJj 300", -1 },
    { "a byte has no token", "YWI= 256\n", 'x' },
    { "a token is not in base64", "YWI 256\n", -1 },
    { "a token is not in base64", "Y!I= 256\n", -1 },
    { "a token is not in base64", "YWJ= 256\n", -1 },
    { "a token without bytes", " 256\n", -1 },
    { "a token without a rank", "YWI=\n", -1 },
    { "a rank is not a number from 0 on", "YWI= \n", -1 },
    { "a rank is not a number from 0 on", "YWI= -1\n", -1 },
    { "a rank is not a number from 0 on", "YWI= 256 \n", -1 },
    { "a rank is not a number from 0 on", "YWI= 2x\n", -1 },
    { "a rank of 2^31 or more", "YWI= 2147483648\n", -1 },
    { "a rank of 2^31 or more", "YWI= 99999999999999999999999\n", -1 },
    { "more ids have no token than have one", "YWI= 2147483647\n", -1 },
    { "more ids have no token than have one", "YWI= 514\n", -1 },
    { "two tokens have this rank, or it is that of a special token",
      "YWI= 255\n", -1 },
    { "a token stands twice", "YWI= 256\nYWI= 257\n", -1 },
    { "a token stands twice", "YQ== 256\n", -1 },
};

static void broken_lists_are_faults(void)
{
    char *text = malloc(TEXT_MAX);

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct slice list = ranks(text, lists[i].without, lists[i].more);
        struct fault fault;
        struct vocab *vocab = vocab_tiktoken_read(list, "list", &fault);

        check(vocab_tiktoken_is(list));
        if (!lists[i].what) {
            check_that(vocab, "list %zu: %s at %zu", i, fault.what, fault.at);
        } else {
            check_that(!vocab, "list %zu: must not be read", i);
            check_that(strcmp(fault.what, lists[i].what) == 0,
                       "list %zu: %s", i, fault.what);
            check_that(fault.at <= list.len, "list %zu", i);
        }
        vocab_free(vocab);
    }
    free(text);
}

/* Ids that the file leaves out are there, and no text gives them. */
static void gaps_are_unused(void)
{
    char *text = malloc(TEXT_MAX);
    struct slice list = ranks(text, -1, "YWI= 258\nYWJj 260\n");
    struct fault fault;
    struct vocab *vocab = vocab_tiktoken_read(list, "list", &fault);
    uint32_t id;

    check(vocab && vocab->count == 261 && vocab->merge_count == 2);
    check(!vocab->tokens[256].key.ptr && !vocab->tokens[259].key.ptr);
    check(vocab_find(vocab, text_of("abc"), &id) && id == 260);
    check(vocab->merges[1].left == 258 && vocab->merges[1].right == 'c');
    vocab_free(vocab);
    free(text);
}

static void names_say_the_rest(void)
{
    char *text = malloc(TEXT_MAX);
    struct slice list = ranks(text, -1, "");
    struct fault fault;

    /* The special tokens of the name are far above what is there. */
    check(!vocab_tiktoken_read(list, "a/cl100k_base.tiktoken.zst", &fault));
    check(strcmp(fault.what, "more ids have no token than have one") == 0);
    check(!vocab_tiktoken_read(list, "gpt2", &fault));
    check(vocab_tiktoken_is(text_of("IQ== 0")));
    check(!vocab_tiktoken_is(text_of("{\"a\": 0")));
    check(!vocab_tiktoken_is(text_of("IQ==")));
    check(!vocab_tiktoken_is(text_of("")));
    check(!vocab_tiktoken_is(text_of(" 0\n")));
    free(text);
}

/* ---- GGUF ---- */

struct file {
    char bytes[TEXT_MAX];
    size_t len;
};

static void put(struct file *file, uint64_t number, unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        file->bytes[file->len++] = (char)(unsigned char)(number >> 8 * i);
}

static void put_string(struct file *file, const char *string)
{
    size_t len = strlen(string);

    put(file, len, 8);
    memcpy(file->bytes + file->len, string, len);
    file->len += len;
}

static void put_text(struct file *file, const char *key, const char *value)
{
    put_string(file, key);
    put(file, GGUF_STRING, 4);
    put_string(file, value);
}

/* `list` has its items parted by commas. */
static void put_list(struct file *file, const char *key, const char *list)
{
    char item[100];
    uint64_t count = *list != '\0';

    for (const char *p = list; *p; p++)
        count += *p == ',';
    put_string(file, key);
    put(file, GGUF_ARRAY, 4);
    put(file, GGUF_STRING, 4);
    put(file, count, 8);
    while (count-- > 0) {
        size_t len = strcspn(list, ",");

        memcpy(item, list, len);
        item[len] = '\0';
        put_string(file, item);
        list += len + (list[len] == ',');
    }
}

static void put_types(struct file *file, const char *digits)
{
    put_string(file, "tokenizer.ggml.token_type");
    put(file, GGUF_ARRAY, 4);
    put(file, GGUF_I32, 4);
    put(file, strlen(digits), 8);
    for (; *digits; digits++)
        put(file, (uint64_t)(*digits - '0'), 4);
}

struct form {
    const char *what; /* the fault, NULL = none */
    const char *model, *pre, *tokens, *types, *merges;
};

static void file_make(struct file *file, const struct form *form)
{
    file->len = 0;
    memcpy(file->bytes, "GGUF", 4);
    file->len = 4;
    put(file, 3, 4);
    put(file, 0, 8);
    put(file, 6, 8);
    put_string(file, "general.quantization_version");
    put(file, GGUF_U64, 4);
    put(file, 2, 8);
    put_text(file, "tokenizer.ggml.model", form->model);
    put_text(file, "tokenizer.ggml.pre", form->pre);
    put_list(file, "tokenizer.ggml.tokens", form->tokens);
    put_types(file, form->types);
    put_list(file, "tokenizer.ggml.merges", form->merges);
}

static const struct form forms[] = {
    { NULL, "gpt2", "gpt-2", "a,b,ab,<s>, x,[PAD]", "111345", "a b" },
    { NULL, "gpt2", "llama-bpe", "a,b,ab", "111", "a b" },
    { NULL, "gpt2", "gpt-4o", "a,b,ab", "111", "" },
    { NULL, "gpt2", "default", "a", "1", "" },
    { "this tokenizer.ggml.model is not supported, only gpt2 (BPE of bytes) "
      "and llama (of characters)", "t5", "default", "a", "1", "" },
    { "tokenizer.ggml.scores is not a number for each token", "llama",
      "default", "a", "1", "" },
    { "token_type is not a number for each token", "gpt2", "gpt-2", "a,b", "1",
      "" },
    { "a token of a type that byte-level BPE does not have", "gpt2", "gpt-2",
      "a,b", "16", "" },
    { "a token stands twice", "gpt2", "gpt-2", "a,b,a", "111", "" },
    { "a token without characters", "gpt2", "gpt-2", "a,,b", "111", "" },
    { "a merge is not a pair of tokens", "gpt2", "gpt-2", "a,b", "11", "ab" },
    { "a merge names a token that is not in the vocabulary", "gpt2", "gpt-2",
      "a,b", "11", "a c" },
    { "a merge makes a token that is not in the vocabulary", "gpt2", "gpt-2",
      "a,b", "11", "a b" },
    { "a merge stands twice", "gpt2", "gpt-2", "a,b,ab", "111", "a b,a b" },
};

/* <unk> a b, a space, ab, a space and ab. */
static void make_characters(struct file *file, const char *types, int prefix)
{
    static const float scores[] = { 0, -10, -11, -12, -1, -2 };

    file->len = 0;
    memcpy(file->bytes, "GGUF", 4);
    file->len = 4;
    put(file, 3, 4);
    put(file, 0, 8);
    put(file, 5, 8);
    put_text(file, "tokenizer.ggml.model", "llama");
    put_list(file, "tokenizer.ggml.tokens",
             "<unk>,a,b," VOCAB_SPACE ",ab," VOCAB_SPACE "ab");
    put_types(file, types);
    put_string(file, "tokenizer.ggml.scores");
    put(file, GGUF_ARRAY, 4);
    put(file, GGUF_F32, 4);
    put(file, 6, 8);
    for (size_t i = 0; i < 6; i++) {
        uint32_t bits;

        memcpy(&bits, &scores[i], 4);
        put(file, bits, 4);
    }
    put_string(file, "tokenizer.ggml.add_space_prefix");
    put(file, GGUF_BOOL, 4);
    put(file, (uint64_t)prefix, 1);
}

static void characters_have_scores(void)
{
    struct file *file = malloc(sizeof *file);
    struct fault fault;
    struct vocab *vocab;

    for (int prefix = 0; prefix < 2; prefix++) {
        make_characters(file, "211111", prefix);
        vocab = vocab_gguf_read(slice_make(file->bytes, file->len), &fault);
        check_that(vocab != NULL, "%s at %zu", fault.what, fault.at);
        check(vocab->is_chars && vocab->unk == 0 && vocab->merge_count == 2);
        check(vocab->space == (prefix ? VOCAB_SPACE_ALWAYS
                                      : VOCAB_SPACE_NEVER));
        check(vocab->merges[0].result == 4 && vocab->merges[1].result == 5);
        vocab_free(vocab);
        for (size_t len = 4; len < file->len; len++) {
            char *bytes = malloc(len);

            memcpy(bytes, file->bytes, len);
            check(!vocab_gguf_read(slice_make(bytes, len), &fault));
            check(fault.what && fault.at <= len);
            free(bytes);
        }
    }
    make_characters(file, "211115", 0);
    check(!vocab_gguf_read(slice_make(file->bytes, file->len), &fault));
    check(strcmp(fault.what, "unused pieces are not supported") == 0);
    make_characters(file, "211117", 0);
    check(!vocab_gguf_read(slice_make(file->bytes, file->len), &fault));
    check(strcmp(fault.what, "a token of an unknown type") == 0);
    free(file);
}

static void broken_gguf_is_a_fault(void)
{
    struct file *file = malloc(sizeof *file);

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct fault fault;
        struct vocab *vocab;

        file_make(file, &forms[i]);
        vocab = vocab_gguf_read(slice_make(file->bytes, file->len), &fault);
        if (!forms[i].what) {
            check_that(vocab, "form %zu: %s at %zu", i, fault.what, fault.at);
        } else {
            check_that(!vocab, "form %zu: must not be read", i);
            check_that(strcmp(fault.what, forms[i].what) == 0, "form %zu: %s",
                       i, fault.what);
            check_that(fault.at <= file->len, "form %zu", i);
        }
        vocab_free(vocab);
    }
    free(file);
}

static void gguf_says_what_tokens_are(void)
{
    struct file *file = malloc(sizeof *file);
    struct fault fault;
    struct vocab *vocab;

    file_make(file, &forms[0]);
    vocab = vocab_gguf_read(slice_make(file->bytes, file->len), &fault);
    check(vocab && vocab->count == 6 && vocab->merge_count == 1);
    check(strcmp(vocab->pretokenizer, "gpt2") == 0 && !vocab->ignore_merges);
    check(vocab->tokens[2].flags == VOCAB_MODEL);
    check(vocab->tokens[3].flags ==
          (VOCAB_MODEL | VOCAB_ADDED | VOCAB_SPECIAL));
    check(vocab->tokens[4].flags == (VOCAB_MODEL | VOCAB_ADDED));
    check(slice_is(vocab->tokens[4].bytes, " x"));
    vocab_free(vocab);
    file_make(file, &forms[1]);
    vocab = vocab_gguf_read(slice_make(file->bytes, file->len), &fault);
    check(vocab && vocab->ignore_merges);
    vocab_free(vocab);
    file_make(file, &forms[3]);
    vocab = vocab_gguf_read(slice_make(file->bytes, file->len), &fault);
    check(vocab && !vocab->pretokenizer);
    vocab_free(vocab);
    free(file);
}

/* A file that ends early is a fault wherever it ends, but after its pairs. */
static void truncated_gguf_is_a_fault(void)
{
    struct file *file = malloc(sizeof *file);

    file_make(file, &forms[0]);
    for (size_t len = 0; len < file->len; len++) {
        char *part = malloc(len + 1); /* exact, for the sanitizer */
        struct fault fault;

        memcpy(part, file->bytes, len);
        check_that(!vocab_gguf_read(slice_make(part, len), &fault),
                   "%zu bytes", len);
        check(fault.what && fault.at <= len);
        free(part);
    }
    free(file);
}

/* Lengths and counts of 2^32, 2^63 and more at every place of a file. */
static void huge_lengths_are_faults(void)
{
    static const uint64_t huge[] = { 1u << 31, UINT64_C(1) << 32,
                                     UINT64_C(1) << 61, UINT64_C(1) << 63,
                                     UINT64_MAX };
    struct file *file = malloc(sizeof *file);

    for (size_t i = 0; i < sizeof huge / sizeof *huge; i++) {
        file_make(file, &forms[0]);
        for (size_t at = 4; at + 8 <= file->len; at++) {
            size_t len = file->len;
            struct fault fault;
            struct vocab *vocab;

            file->len = at;
            put(file, huge[i], 8);
            file->len = len;
            vocab = vocab_gguf_read(slice_make(file->bytes, len), &fault);
            check(vocab || (fault.what && fault.at <= len));
            vocab_free(vocab);
            file_make(file, &forms[0]);
        }
    }
    free(file);
}

/* ---- written and read again ---- */

static struct vocab *small_vocab(void)
{
    struct vocab *vocab = vocab_new("qwen2");
    uint32_t end = vocab_add_special(vocab, text_of("<|endoftext|>"));

    check(end == 0);
    for (int byte = 0; byte < 256; byte++) {
        char c = (char)(unsigned char)byte;

        vocab_add_token(vocab, slice_make(&c, 1));
    }
    vocab_add_unused(vocab);
    vocab_add_merge(vocab, 1 + 'a', 1 + 'b',
                    vocab_add_token(vocab, text_of("ab")));
    vocab_add_merge(vocab, 1 + ' ', 258,
                    vocab_add_token(vocab, text_of(" ab")));
    return vocab;
}

static void written_gguf_is_read(void)
{
    struct vocab *vocab = small_vocab(), *again;
    char path[] = "/tmp/mlin-gguf-XXXXXX";
    const struct gguf_pre *pre;
    struct fault fault = { 0 };

    pre = vocab_gguf_can(vocab, &fault);
    check_that(pre, "%s", fault.what);
    check(strcmp(pre->name, "qwen2") == 0);
    close(mkstemp(path));
    vocab_gguf_save(vocab, pre, 0, path);
    again = vocab_load(path, &fault);
    check_that(again, "%s at %zu", fault.what, fault.at);
    check(strcmp(again->pretokenizer, "qwen2") == 0);
    check(again->count == vocab->count && again->merge_count == 2);
    for (size_t i = 0; i < vocab->count; i++) {
        check(slice_equal(again->tokens[i].bytes, vocab->tokens[i].bytes));
        check(slice_equal(again->tokens[i].key, vocab->tokens[i].key));
        check(again->tokens[i].flags == vocab->tokens[i].flags);
    }
    check(memcmp(again->merges, vocab->merges, 2 * sizeof *vocab->merges) == 0);
    unlink(path);
    vocab_free(again);
    vocab_free(vocab);
}

/* What the other forms cannot say is a fault that names the token. */
static void what_cannot_be_said_is_refused(void)
{
    struct vocab *vocab = small_vocab();
    uint32_t lone = vocab_add_token(vocab, text_of("xyz"));
    struct fault fault = { 0 };

    check(!vocab_tiktoken_can(vocab, &fault) && fault.at == lone);
    check(vocab_gguf_can(vocab, &fault)); /* llama.cpp does not make it, too */
    vocab->ignore_merges = true;
    check(vocab_tiktoken_can(vocab, &fault));
    check(!vocab_gguf_can(vocab, &fault) && fault.at == lone);
    vocab_free(vocab);

    vocab = small_vocab();
    lone = vocab_add(vocab, text_of("<x>"), VOCAB_ADDED | VOCAB_LSTRIP);
    check(!vocab_tiktoken_can(vocab, &fault) && fault.at == lone);
    check(!vocab_gguf_can(vocab, &fault) && fault.at == lone);
    vocab_free(vocab);

    vocab = small_vocab();
    vocab_add_merge(vocab, 1 + 'a', 1 + 'b', 258);
    check(!vocab_gguf_can(vocab, &fault) && fault.at == 258);
    vocab_free(vocab);

    /* A blank is spelled so, and an added token that is spelled so is not. */
    vocab = small_vocab();
    lone = vocab_add(vocab, text_of("\u0120"), VOCAB_ADDED | VOCAB_SPECIAL);
    check(vocab_tiktoken_can(vocab, &fault));
    check(!vocab_gguf_can(vocab, &fault) && fault.at == lone);
    free(vocab->pretokenizer);
    vocab->pretokenizer = xstrdup("eu");
    check(!vocab_gguf_can(vocab, &fault) && fault.at == vocab->count);
    vocab_free(vocab);
}

int main(void)
{
    broken_lists_are_faults();
    gaps_are_unused();
    names_say_the_rest();
    broken_gguf_is_a_fault();
    characters_have_scores();
    gguf_says_what_tokens_are();
    truncated_gguf_is_a_fault();
    huge_lengths_are_faults();
    written_gguf_is_read();
    what_cannot_be_said_is_refused();
    return check_done();
}
