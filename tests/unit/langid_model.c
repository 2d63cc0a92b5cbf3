/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid_model - from texts to a model to guesses, with the tiny corpus: the
 * same bytes for any number of threads, languages told apart, kernels that
 * agree, and every damage to the file refused.
 */
#include "langid/model.h"

#include <math.h>

#include "langid/exact.h"
#include "langid/junk.h"
#include "langid/learn.h"
#include "langid/pack.h"
#include "langid/texts.h"
#include "tests/check.h"

static struct features features;

static char *train(size_t threads, uint64_t seed, size_t *len)
{
    struct learn_plan plan = {
        .samples = 30000, .rate = 2.0, .seed = seed, .threads = threads
    };
    static const struct features_kind kinds[MODEL_PARTS] = {
        { 1 << 4, 10, 0 }, { 1 << 3 | 1 << 4, 11, 9 }
    };
    struct learned learned[MODEL_PARTS];
    struct texts texts;
    char *bytes;

    texts_load(&texts, "corpora/tiny", NULL, NULL, threads);
    for (size_t part = 0; part < MODEL_PARTS; part++) {
        plan.kind = kinds[part];
        learn(&learned[part], &texts, &plan);
    }
    bytes = pack_model(learned, kinds, &texts, len);
    for (size_t part = 0; part < MODEL_PARTS; part++)
        learned_free(&learned[part]);
    texts_free(&texts);
    return bytes;
}

static void threads_leave_no_trace(const char *bytes, size_t len)
{
    size_t other_len;
    char *other = train(3, 1, &other_len);

    check(other_len == len && memcmp(other, bytes, len) == 0);
    free(other);
    other = train(2, 2, &other_len);
    check(other_len == len && memcmp(other, bytes, len) != 0);
    free(other);
}

static void check_guess(const struct model *model, const char *text,
                        const char *label)
{
    struct model_guess guess;

    model_guess(model, &features, slice_from(text), &guess);
    check_that(strcmp(guess.label, label) == 0, "\"%s\" is %s (%.3f)", text,
               guess.label, guess.score);
    check(guess.score > 0.0 && guess.score <= 1.0);
}

/* Sentences that are not in the tiny corpus, of its plainest words. */
static void languages_are_told_apart(const struct model *model)
{
    check_guess(model, "Die Frau und der Mann gehen nicht in die Schule, "
                "sondern auf den Markt.", "deu_Latn");
    check_guess(model, "De vrouw en de man gaan niet naar school, maar naar "
                "de markt van het dorp.", "nld_Latn");
    check_guess(model, "Les enfants ne sont pas dans le jardin avec leurs "
                "voisins.", "fra_Latn");
    check_guess(model, "Naiset ja lapset eivät ole enää torilla, he ovat "
                "kirjastossa.", "fin_Latn");
    check_guess(model, "Kobiety i dzieci nie są już na rynku, poszły do "
                "biblioteki.", "pol_Latn");
    check_guess(model, "Женщины и дети уже не на рынке, они пошли в "
                "библиотеку.", "rus_Cyrl");
    check_guess(model, "Жінки та діти вже не на ринку, вони пішли до "
                "бібліотеки.", "ukr_Cyrl");
    check_guess(model, "Οι γυναίκες και τα παιδιά", "ell_Grek");
    check_guess(model, "42", "und_Zyyy");
    check_guess(model, "", "und_Zyyy");
    check_guess(model, "\xff\xfe\x80", "und_Zyyy");
    check_guess(model, "สวัสดีครับ", "und_Thai");
    check_guess(model, "if (ctx->buf_len != NULL) { return self.idx[0]; } "
                "</div><td>", "zxx_Zxxx");
}

static void kernels_agree(void)
{
    struct kernel kernels[KERNEL_SIMD_MAX];
    size_t forms = kernel_simd(kernels);
    uint8_t *table = malloc((size_t)3 * KERNEL_ROW << 10);
    uint32_t rows[1000];
    struct random random = { 3 };
    int8_t codebook[16];

    check(table != NULL);
    for (size_t i = 0; i < (size_t)3 * KERNEL_ROW << 10; i++)
        table[i] = (uint8_t)random_next(&random);
    for (int round = 0; round < 300; round++) {
        int32_t a[3 * KERNEL_LANES], b[3 * KERNEL_LANES];
        int32_t before[3 * KERNEL_LANES] = { 0 };
        size_t groups = 1 + random_below(&random, 3);
        size_t count = random_below(&random, round % 2 == 0 ? 1000 : 10);

        for (size_t i = 0; i < 16; i++) /* now and then all at the limit */
            codebook[i] = (int8_t)(round % 5 == 0 ? -127 :
                                   (int)random_below(&random, 255) - 127);
        for (size_t i = 0; i < count; i++)
            rows[i] = (uint32_t)random_below(&random, 1024);
        for (size_t i = 0; i < groups * KERNEL_LANES; i++)
            before[i] = a[i] = (int32_t)random_below(&random, 1000);
        kernel_sum_portable(table, groups, codebook, rows, count, a);
        for (size_t i = 0; i < forms; i++) {
            memcpy(b, before, sizeof b);
            kernels[i].sum(table, groups, codebook, rows, count, b);
            check_that(memcmp(a, b, groups * KERNEL_LANES * sizeof *a) == 0,
                       "%s", kernels[i].name);
        }
    }
    for (size_t i = 0; i < forms; i++)
        printf("note: %s agrees with the portable kernel\n", kernels[i].name);
    if (forms == 0)
        printf("note: this machine has the portable kernel only\n");
    free(table);
}

static unsigned relatives_of(const struct model *model, const char *label)
{
    for (size_t i = 0; i < model->class_count; i++)
        if (strcmp(model->classes[i].label, label) == 0)
            return model->classes[i].relatives;
    check_that(false, "no class %s", label);
    return 0;
}

static void relatives(const struct model *model)
{
    check(relatives_of(model, "dan_Latn") != 0);
    check(relatives_of(model, "dan_Latn") == relatives_of(model, "nob_Latn"));
    check(relatives_of(model, "dan_Latn") == relatives_of(model, "swe_Latn"));
    check(relatives_of(model, "deu_Latn") == relatives_of(model, "ltz_Latn"));
    check(relatives_of(model, "dan_Latn") != relatives_of(model, "deu_Latn"));
    check(relatives_of(model, "fra_Latn") == 0);
}

static bool is_refused(const char *bytes, size_t len)
{
    static struct model model;
    struct fault fault = { 0 };
    char *exact = malloc(len > 0 ? len : 1);
    bool accepted;

    check(exact != NULL);
    memcpy(exact, bytes, len);
    accepted = model_read(&model, slice_make(exact, len), &fault);
    check(accepted == (fault.what == NULL));
    free(exact);
    return !accepted;
}

static void damage_is_refused(char *bytes, size_t len)
{
    struct random random = { 11 };

    check(!is_refused(bytes, len));
    for (size_t part = 0; part < 100; part++)
        check(is_refused(bytes, len * part / 100));
    check(is_refused(bytes, len - 1));
    for (size_t i = 0; i < 3000; i++) {
        size_t at = i < 2000 ? i : random_below(&random, len);
        char flip = (char)(1 << random_below(&random, 8));

        bytes[at] = (char)(bytes[at] ^ flip);
        check_that(is_refused(bytes, len), "byte %zu", at);
        bytes[at] = (char)(bytes[at] ^ flip);
    }
    check(!is_refused(bytes, len));
}

/* A header that lies, under a right checksum, is found out too. */
static void lies_are_refused(const char *bytes, size_t len)
{
    struct random random = { 5 };
    double one[MODEL_LENGTHS];
    size_t refused = 0;

    for (size_t i = 0; i < MODEL_LENGTHS; i++)
        one[i] = 1.0;
    for (int round = 0; round < 3000; round++) {
        static struct model model;
        struct fault fault;
        char *copy = malloc(len);
        size_t at = 32 + random_below(&random, MODEL_HEAD + 300 - 32);

        check(copy != NULL);
        memcpy(copy, bytes, len);
        copy[at] = (char)random_next(&random);
        pack_calibration(copy, len, MODEL_QUICK, 2.0, one);
        if (model_read(&model, slice_make(copy, len), &fault)) {
            struct model_guess guess;

            model_guess(&model, &features, slice_from("some words"), &guess);
            check(guess.score > 0.0 && guess.score <= 1.0);
        } else {
            refused++;
        }
        free(copy);
    }
    check(refused > 100);
}

static void exponentials(void)
{
    check(exact_exp(0.0) == 1.0);
    check(exact_exp(-50.0) == 0.0 && exact_exp(-INFINITY) == 0.0);
    for (double x = -39.9; x <= 0.0; x += 0.0137)
        check(fabs(exact_exp(x) / exp(x) - 1.0) < 1e-11);
    for (float x = 0.0f; x < 90.0f; x += 0.00171f) {
        float all[4] = { 3.0f, 3.0f - x, 3.0f - x / 7.0f, 3.0f - x * x };

        for (int i = 0; i < 4; i++) {
            float one[4] = { all[i], 3.0f, 3.0f, 3.0f };
            double power = (double)(all[i] - 3.0f);

            exact_exp_all(one, 4, 3.0f, 1.0f, -80.0f);
            power = power < -80.0 ? -80.0 : power;
            check(fabs((double)one[0] / exp(power) - 1.0) < 1e-6);
            check(one[1] == 1.0f);
        }
    }
}

/* The greatest and the sum are those of a plain loop. */
static void vectors(void)
{
    struct random random = { 3 };
    float x[64];

    for (int round = 0; round < 1000; round++) {
        size_t count = 4 + 4 * random_below(&random, 16);
        float max = -INFINITY;
        double sum = 0.0;

        for (size_t i = 0; i < count; i++) {
            x[i] = (float)random_below(&random, 2000) / 8.0f - 125.0f;
            max = x[i] > max ? x[i] : max;
            sum += (double)x[i];
        }
        check(exact_max(x, count) == max);
        check(fabs((double)exact_sum(x, count) - sum) < 1e-2);
    }
}

static void junk_stays_in_its_room(void)
{
    char text[JUNK_MAX + 64];
    size_t longest = 0;

    for (uint64_t seed = 0; seed < 20000; seed++) {
        struct draw draw = { seed };
        size_t len = junk_write(&draw, text);

        check(len > 0 && len <= JUNK_MAX);
        longest = len > longest ? len : longest;
    }
    printf("note: longest junk %zu of %d bytes\n", longest, JUNK_MAX);
}

int main(void)
{
    static struct model model;
    struct fault fault;
    size_t len;
    char *bytes = train(1, 1, &len);

    check(model_read(&model, slice_make(bytes, len), &fault));
    threads_leave_no_trace(bytes, len);
    languages_are_told_apart(&model);
    kernels_agree();
    relatives(&model);
    damage_is_refused(bytes, len);
    lies_are_refused(bytes, len);
    exponentials();
    vectors();
    junk_stays_in_its_room();
    free(bytes);
    return check_done();
}
