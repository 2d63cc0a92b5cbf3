/* SPDX-License-Identifier: Apache-2.0 */
/*
 * charlm - a model trained on lines of our own finds text of its language more
 * usual than other text, and a damaged file is refused wherever it is damaged.
 */
#include "filters/charlm.h"
#include "src/labels.h"
#include "tests/check.h"

static const char *const sentences[] = {
    "Das Wasser treibt das Rad der alten Mühle.",
    "Der Müller mahlt das Korn, und die Bäckerin holt das Mehl.",
    "Am Abend steht das Rad still, denn der Bach ist klein geworden.",
    "Die Kinder laufen über die Brücke und lachen.",
};

static void folded_characters(void)
{
    struct charlm_walk walk = { .text = slice_from("\t Ä 12\n\nß"),
                                .in_space = true };

    check(charlm_next(&walk) == 0xe4);
    check(charlm_next(&walk) == ' ');
    check(charlm_next(&walk) == '0');
    check(charlm_next(&walk) == '0');
    check(charlm_next(&walk) == ' ');
    check(charlm_next(&walk) == 0xdf);
    check(charlm_next(&walk) == 0);
}

static char text[64 * 100];

static struct slice train(size_t threads)
{
    struct labels_file file = { .label = "deu_Latn" };
    struct slice texts = { text, 0 }, bytes;

    for (int i = 0; i < 64; i++) {
        snprintf(text + texts.len, sizeof text - texts.len, "%s\n",
                 sentences[i % 4]);
        texts.len = strlen(text);
    }
    bytes.ptr = charlm_train(&file, &texts, 1, 4096, threads, &bytes.len);
    return bytes;
}

int main(void)
{
    struct charlm model;
    struct fault fault;
    struct slice bytes, again, deu = slice_from("deu_Latn");
    double usual, own, other, noise;
    char *copy;

    folded_characters();
    bytes = train(1);
    again = train(2);
    check(slice_equal(bytes, again));
    check(charlm_init(&model, bytes, &fault));
    own = charlm_bits(&model, deu, slice_from("Die Mühle steht still."),
                      &usual);
    other = charlm_bits(&model, deu, slice_from("Młyn stoi cicho nad rzeką."),
                        NULL);
    noise = charlm_bits(&model, deu, slice_from("xq#kv}zzjw"), NULL);
    check_that(usual > 0 && usual < own && own < other && other < noise,
               "%f %f %f %f", usual, own, other, noise);
    check(charlm_bits(&model, slice_from("fra_Latn"), slice_from("a"),
                      &usual) == 0);
    check(usual == 0);
    check(charlm_bits(&model, (struct slice){ 0 }, slice_from("a"), NULL) == 0);
    check(charlm_bits(&model, deu, slice_from(""), NULL) == 0);
    copy = malloc(bytes.len);
    for (size_t i = 0; i < bytes.len; i += i < 64 ? 1 : 97) {
        memcpy(copy, bytes.ptr, bytes.len);
        copy[i] ^= 4;
        check(!charlm_init(&model, slice_make(copy, bytes.len), &fault));
        check(!charlm_init(&model, slice_make(bytes.ptr, i), &fault));
    }
    free(copy);
    free((char *)bytes.ptr);
    free((char *)again.ptr);
    return check_done();
}
