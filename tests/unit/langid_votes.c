/* SPDX-License-Identifier: Apache-2.0 */
/* A text half in each of two languages is not a text in one. */
#include "langid/votes.h"

#include <stdio.h>
#include <string.h>

#include "tests/check.h"

static const char *const path = "langid/models/europe.lid";

static const struct {
    const char *label, *text;
} samples[] = {
    { "ces_Latn", "Ráno jsme šli pěšky přes most a u řeky jsme potkali "
                  "rybáře, který nám ukázal, kolik ryb od svítání chytil. " },
    { "fin_Latn", "Aamulla kävelimme sillan yli ja tapasimme joen rannalla "
                  "kalastajan, joka näytti, montako kalaa hän oli saanut. " },
    { "fra_Latn", "Le matin nous avons traversé le pont à pied et rencontré "
                  "un pêcheur qui nous a montré combien il avait pris. " },
    { "nob_Latn", "Om morgenen gikk vi over brua og møtte en fisker ved elva, "
                  "som viste oss hvor mange fisk han hadde fått i går. " },
    { "slv_Latn", "Zjutraj smo peš prečkali most in ob reki srečali ribiča, "
                  "ki nam je pokazal, koliko rib je ujel od zore. " },
    { "mlt_Latn", "Filgħodu qsamna l-pont bil-mixi u ħdejn ix-xmara ltqajna "
                  "ma' sajjied li wriena kemm ħut kien qabad mis-sebħ. " }
};

enum { SAMPLES = sizeof samples / sizeof samples[0], ROOM = 40000 };

static struct model model;
static struct features features;
static char text[ROOM];

static size_t append(size_t len, size_t sample, size_t bytes)
{
    const char *of = samples[sample].text;

    for (size_t from = len; len - from < bytes && len + 200 < ROOM;) {
        memcpy(text + len, of, strlen(of));
        len += strlen(of);
    }
    return len;
}

static struct model_guess guess_of(size_t len)
{
    struct model_guess guess;

    model_guess(&model, &features, slice_make(text, len), &guess);
    return guess;
}

static void one_language_is_whole(void)
{
    for (size_t i = 0; i < SAMPLES; i++)
        for (size_t bytes = 1; bytes < 20000; bytes *= 3) {
            struct model_guess guess = guess_of(append(0, i, bytes));

            check_that(strcmp(guess.label, samples[i].label) == 0, "%s: %s",
                       samples[i].label, guess.label);
            check_that(guess.share == 1.0, "%s, %zu bytes: %.3f",
                       guess.label, bytes, guess.share);
        }
}

static void halves_are_halves(void)
{
    for (size_t i = 0; i < SAMPLES; i++)
        for (size_t k = 0; k < SAMPLES; k++) {
            struct model_guess guess;

            if (i == k)
                continue;
            for (size_t bytes = 700; bytes <= 5600; bytes *= 2) {
                guess = guess_of(append(append(0, i, bytes), k, bytes));
                check_that(guess.share > 0.3 && guess.share < 0.75,
                           "%s %s, %zu bytes: %s %.3f", samples[i].label,
                           samples[k].label, bytes, guess.label, guess.share);
            }
        }
}

/* What is in another script votes with its letters. */
static void scripts_are_counted(void)
{
    static const char greek[] =
        "Το πρωί περάσαμε τη γέφυρα με τα πόδια και κοντά στο ποτάμι είδαμε "
        "έναν ψαρά που μας έδειξε πόσα ψάρια είχε πιάσει από την αυγή. ";
    size_t len = 0;
    struct model_guess guess;

    for (int i = 0; i < 4; i++) {
        memcpy(text + len, greek, strlen(greek));
        len += strlen(greek);
    }
    check(guess_of(len).share == 1.0);
    guess = guess_of(append(len, 2, 220));
    check(strcmp(guess.label, "ell_Grek") == 0);
    check_that(guess.share > 0.6 && guess.share < 0.75, "%.3f", guess.share);
}

/* Asking stretches by themselves does not change the sum of them all. */
static void sums_are_those_of_the_whole(void)
{
    struct random random = { 7 };

    for (int round = 0; round < 500; round++) {
        int32_t a[MODEL_LANES_MAX] = { 0 }, b[MODEL_LANES_MAX] = { 0 };
        struct votes votes;
        size_t len = 0;

        for (int i = 0; i < 3; i++)
            len = append(len, random_below(&random, SAMPLES),
                         random_below(&random, 900));
        len -= random_below(&random, len < 300 ? len + 1 : 300);
        features_read(&features, slice_make(text, len));
        check(model_sum(&model, MODEL_QUICK, features.codes, features.len,
                        features.script, a) ==
              votes_sum(&model, &features, b, &votes));
        check(memcmp(a, b, sizeof a) == 0);
    }
}

int main(void)
{
    struct fault fault;

    check_that(model_open(&model, path, &fault), "%s", fault.what);
    one_language_is_whole();
    halves_are_halves();
    scripts_are_counted();
    sums_are_those_of_the_whole();
    model_close(&model);
    return check_done();
}
