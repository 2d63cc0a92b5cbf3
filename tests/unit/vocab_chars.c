/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_chars - vocabularies of characters: which texts give which tokens, by
 * the forms of tokenizer.json, and which forms are refused.
 */
#include "tests/check.h"
#include "tokenizer/encoder.h"
#include "tokenizer/vocab_json.h"

#define U2581 "\xe2\x96\x81"
#define REPLACE \
    "{\"type\":\"Replace\",\"pattern\":{\"String\":\" \"}," \
    "\"content\":\"" U2581 "\"}"
#define PREPEND "{\"type\":\"Prepend\",\"prepend\":\"" U2581 "\"}"
#define LLAMA \
    "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[" PREPEND \
    "," REPLACE "]},\"pre_tokenizer\":null"
#define GEMMA \
    "\"normalizer\":" REPLACE ",\"pre_tokenizer\":{\"type\":\"Split\"," \
    "\"pattern\":{\"String\":\" \"},\"behavior\":\"MergedWithPrevious\"," \
    "\"invert\":false}"
#define METASPACE(scheme, split) \
    "\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"" U2581 \
    "\",\"prepend_scheme\":\"" scheme "\",\"split\":" split "}"
#define BYTES "\"<0xC3>\":7,\"<0xA9>\":8,"
#define MERGES "[\"" U2581 "\",\"m\"],[\"l\",\"i\"],[\"" U2581 "\",\"" \
               U2581 "\"]"

/* <unk> _ m l i n | two bytes | _m li __ */
static const char form[] =
    "{%s,\"added_tokens\":[{\"id\":0,\"content\":\"<unk>\",\"special\":true,"
    "\"normalized\":false}],\"model\":{\"type\":\"BPE\","
    "\"unk_token\":\"<unk>\",\"fuse_unk\":true,\"byte_fallback\":true,"
    "\"vocab\":{\"<unk>\":0,\"" U2581 "\":1,\"m\":2,\"l\":3,\"i\":4,"
    "\"n\":5,\"<0x0A>\":6," BYTES "\"" U2581 "m\":9,\"li\":10,\"" U2581
    U2581 "\":11,\"n" U2581 "\":12},\"merges\":[%s]}}";

static struct vocab *open_form(const char *settings, const char *merges,
                               struct fault *fault)
{
    char json[2000];

    check(snprintf(json, sizeof json, form, settings, merges) <
          (int)sizeof json);
    return vocab_json_read(slice_from(json), fault);
}

static void gives(const char *settings, const char *merges, const char *text,
                  const char *want)
{
    struct encoder_worker *worker = encoder_worker_new();
    struct encoder encoder;
    struct fault fault;
    struct vocab *vocab = open_form(settings, merges, &fault);
    char got[200] = "";

    check_that(vocab != NULL, "%s: %s", settings, fault.what);
    check(encoder_open(&encoder, vocab, false, &fault));
    for (int again = 0; again < 2; again++) {
        got[0] = '\0';
        check(encoder_text(&encoder, worker, slice_from(text), &fault));
        for (size_t i = 0; i < worker->count; i++)
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s%u",
                     i > 0 ? " " : "", worker->ids[i]);
        check_that(strcmp(got, want) == 0, "'%s' gives %s, not %s", text, got,
                   want);
    }
    encoder_close(&encoder);
    encoder_worker_free(worker);
    vocab_free(vocab);
}

static void is_refused(const char *settings, const char *what)
{
    struct fault fault;
    struct vocab *vocab = open_form(settings, MERGES, &fault);

    check(!vocab && strstr(fault.what, what));
    vocab_free(vocab);
}

int main(void)
{
    gives(LLAMA, MERGES, "mlin", "9 10 5");
    gives(LLAMA, MERGES, " mlin", "1 9 10 5"); /* _m before __ */
    gives(LLAMA, MERGES, "  n", "11 1 5");
    gives(LLAMA, MERGES, "", "");
    gives(LLAMA, MERGES, U2581 "m", "1 9"); /* U+2581 is a space */
    gives(LLAMA, MERGES, "n\nn", "1 5 6 5");
    gives(LLAMA, MERGES, "\xc3\xa9", "1 7 8");
    gives(LLAMA, MERGES, "\xc3\xaa\xc3\xab!n", "1 0 5"); /* one unk */
    gives(LLAMA, MERGES, "<unk>", "1 0 5 0"); /* text, not the token */
    gives(GEMMA, MERGES, "mlin m", "2 10 5 9");
    gives(METASPACE("always", "true"), MERGES, " mlin", "9 10 5");
    gives(METASPACE("always", "false"), MERGES, "mlin  m", "9 10 5 1 9");
    gives(METASPACE("first", "false"), MERGES, "m", "9");
    gives(METASPACE("never", "true"), MERGES, "m  n", "2 1 1 5");
    gives(METASPACE("never", "false"), MERGES, "m  n", "2 11 5");
    /* A token with a space behind a letter: the text is not parted there. */
    gives(GEMMA, "[\"n\",\"" U2581 "\"]," MERGES, "n n m", "12 12 2");
    is_refused("\"normalizer\":" PREPEND, "Prepend");
    is_refused("\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":["
               REPLACE "," PREPEND "]}", "Replace");
    is_refused(METASPACE("sometimes", "true"), "prepend_scheme");
    is_refused("\"normalizer\":" REPLACE ",\"pre_tokenizer\":"
               "{\"type\":\"Whitespace\"}", "vocabulary of characters");
    return check_done();
}
