/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fertility - what is counted of a text, and what is said over languages,
 * against figures worked out by hand.
 */
#include <math.h>
#include <string.h>

#include "tests/check.h"
#include "tokenizer/fertility.h"

/* One token a byte, and " a", "ab", " ab" and "<|end|>", of 256 + 4 tokens. */
enum { BLANK_A = 256, AB, BLANK_AB, END_OF_TEXT, TOKENS };

static uint32_t byte_id(const struct vocab *vocab, char byte)
{
    uint32_t id;

    check(vocab_find(vocab, slice_make(&byte, 1), &id));
    return id;
}

static struct vocab *small_vocab(void)
{
    struct vocab *vocab = vocab_new("gpt2");

    for (unsigned byte = 0; byte < 256; byte++) {
        char c = (char)(unsigned char)byte;

        check(vocab_add_token(vocab, slice_make(&c, 1)) == byte);
    }
    check(vocab_add_token(vocab, slice_from(" a")) == BLANK_A);
    check(vocab_add_token(vocab, slice_from("ab")) == AB);
    check(vocab_add_token(vocab, slice_from(" ab")) == BLANK_AB);
    check(vocab_add_special(vocab, slice_from("<|end|>")) == END_OF_TEXT);
    vocab_add_merge(vocab, byte_id(vocab, ' '), byte_id(vocab, 'a'), BLANK_A);
    vocab_add_merge(vocab, byte_id(vocab, 'a'), byte_id(vocab, 'b'), AB);
    vocab_add_merge(vocab, BLANK_A, byte_id(vocab, 'b'), BLANK_AB);
    return vocab;
}

struct measured {
    struct fertility_language language;
    struct fault fault;
    uint64_t line;
    bool good;
};

static struct measured measure(const struct vocab *vocab, const char *text)
{
    struct measured measured = { .good = false };
    struct encoder_worker *worker = encoder_worker_new();
    struct encoder encoder;

    check(encoder_open(&encoder, vocab, false, &measured.fault));
    measured.language.uses = calloc(vocab->count, sizeof(uint64_t));
    check(measured.language.uses);
    measured.good = fertility_measure(&encoder, worker, slice_from(text),
                                      &measured.language, &measured.line,
                                      &measured.fault);
    encoder_close(&encoder);
    encoder_worker_free(worker);
    return measured;
}

/*
 * "ab ab"    ab | " ab"                     two words, both whole
 * ""                                        a line without a word
 * "a abc é"  a | " ab" c | " " 0xc3 0xa9    a is whole; abc and é are not
 */
static void one_language_is_counted(void)
{
    struct vocab *vocab = small_vocab();
    struct measured seen = measure(vocab, "ab ab\n\na abc \xc3\xa9\n");
    const struct fertility_language *language = &seen.language;

    check(seen.good && !seen.fault.what);
    check(language->lines == 3);
    check(language->words == 5 && language->whole == 3);
    check(language->characters == 12 && language->bytes == 13);
    check(language->tokens == 8);
    check(language->partial == 2);
    check(language->uses[AB] == 1 && language->uses[BLANK_AB] == 2);
    check(language->uses[BLANK_A] == 0);
    check(language->uses[0xc3] == 1 && language->uses[0xa9] == 1);
    check(fertility_rate(language) == 8.0 / 5.0);
    free(seen.language.uses);
    vocab_free(vocab);
}

/* A blank inside of a word's token does not make two words of it: a tab does,
 * and what looks like a special token is text. */
static void words_are_what_stands_between_blanks(void)
{
    struct vocab *vocab = small_vocab();
    struct measured seen = measure(vocab, "  ab\t\x01" "ab <|end|>");

    check(seen.good && seen.language.lines == 1);
    check(seen.language.words == 3 && seen.language.whole == 2);
    check(seen.language.uses[END_OF_TEXT] == 0);
    free(seen.language.uses);
    vocab_free(vocab);
}

/* A word of which the vocabulary knows one letter is not whole. */
static void unknown_tokens_break_words(void)
{
    struct vocab *vocab = vocab_new("gpt2");
    struct measured seen;

    vocab_add_token(vocab, slice_from("a"));
    vocab_add_token(vocab, slice_from(" "));
    vocab->unk = vocab_add_token(vocab, slice_from("<unk>"));
    seen = measure(vocab, "a x ax a");
    check(seen.good && seen.language.words == 4);
    check(seen.language.whole == 2);
    check(seen.language.uses[vocab->unk] == 2);
    free(seen.language.uses);
    vocab_free(vocab);
}

static void bad_text_has_its_line(void)
{
    struct vocab *vocab = small_vocab();
    struct measured seen = measure(vocab, "ab\nab \xff\nab\n");

    check(!seen.good && strcmp(seen.fault.what, "not UTF-8") == 0);
    check(seen.line == 2 && seen.fault.at == 3);
    free(seen.language.uses);
    seen = measure(vocab, " \n\t\n");
    check(!seen.good && strcmp(seen.fault.what, "no word in it") == 0);
    check(seen.line == 0);
    free(seen.language.uses);
    seen = measure(vocab, "");
    check(!seen.good && seen.line == 0);
    free(seen.language.uses);
    vocab_free(vocab);
}

static bool is_near(double a, double b)
{
    return fabs(a - b) < 1e-12;
}

/* |1-2| + |1-3| + |2-3| = 4 over 3 x 6; two of which one has all: 1/2. */
static void gini_is_that_of_the_book(void)
{
    static const double equal[] = { 0.1, 0.1, 0.1, 0.1, 0.1 };
    static const double three[] = { 3, 1, 2 }, all[] = { 0, 7 };

    check(fertility_gini(equal, 5) == 0.0);
    check(fertility_gini(three, 1) == 0.0);
    check(is_near(fertility_gini(three, 3), 4.0 / 18.0));
    check(is_near(fertility_gini(all, 2), 0.5));
}

/*
 *            bytes  tokens   per byte   of first   token 0   1   2
 * eng_Latn      10       4        0.4        1.0         2   2   0
 * fin_Latn      20       6        0.3        1.5         4   2   0
 * hun_Latn      20       8        0.4        2.0         0   8   0
 *
 * Token 0: 2/10 = 4/20, of equals the first.  Token 1: 8/20 > 2/10.  Token 2 is
 * dead, token 3 special.
 */
static void languages_are_compared(void)
{
    uint64_t uses[3][4] = { { 2, 2, 0, 0 }, { 4, 2, 0, 0 }, { 0, 8, 0, 0 } };
    struct fertility_language languages[] = {
        { .label = "eng_Latn", .bytes = 10, .tokens = 4, .uses = uses[0] },
        { .label = "fin_Latn", .bytes = 20, .tokens = 6, .uses = uses[1] },
        { .label = "hun_Latn", .bytes = 20, .tokens = 8, .uses = uses[2] },
    };
    struct vocab *vocab = vocab_new("gpt2");
    struct fertility fertility = { .vocab = vocab, .languages = languages,
                                   .count = 3 };
    struct fertility_spread spread;

    vocab_add_token(vocab, slice_from("a"));
    vocab_add_token(vocab, slice_from("b"));
    vocab_add_token(vocab, slice_from("c"));
    vocab_add_special(vocab, slice_from("<|end|>"));
    fertility_finish(&fertility);
    check(languages[0].owned == 1 && languages[1].owned == 0);
    check(languages[2].owned == 1);
    check(fertility.used == 2 && fertility.dead == 1 && fertility.special == 1);

    spread = fertility_spread(&fertility);
    check(is_near(spread.mean, 1.1 / 3) && spread.worst == 0);
    check(spread.best == 1 && is_near(spread.worst_by_best, 4.0 / 3));
    check(is_near(spread.gini, 0.2 / (3 * 1.1)));

    fertility.pivot = &languages[0];
    spread = fertility_spread(&fertility);
    check(fertility_cost(&fertility, 2) == 2.0);
    check(is_near(spread.mean, 1.5) && spread.worst == 2 && spread.best == 0);
    check(is_near(spread.gini, 2.0 / (3 * 4.5)));
    vocab_free(vocab);
}

int main(void)
{
    one_language_is_counted();
    words_are_what_stands_between_blanks();
    unknown_tokens_break_words();
    bad_text_has_its_line();
    gini_is_that_of_the_book();
    languages_are_compared();
    return check_done();
}
