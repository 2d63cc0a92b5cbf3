/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seams - words are read one by one, and put together again: so that each is
 * read once, and the n-grams before and after each seam are two sums.
 */
#include "langid/seams.h"

/* A parting, word, parting, ... is put behind what ends with one. */
static void append(struct seams *seams, const struct features *features)
{
    seams->text[seams->len - 1] |= features->codes[0];
    memcpy(seams->text + seams->len, features->codes + 1, features->len - 1);
    seams->len += features->len - 1;
}

void seams_read(struct seams *seams, struct features *features,
                struct slice text, size_t from, size_t to, unsigned script)
{
    int64_t letters = 0;

    seams->count = 0;
    seams->len = 1;
    seams->text[0] = 0;
    for (size_t end; from < to; from = end) {
        end = from + 1;
        while (end < to && (unsigned char)text.ptr[end - 1] > ' ')
            end++;
        features_read(features, slice_make(text.ptr + from, end - from));
        if (features->script == script && features->len > 0)
            append(seams, features);
        letters += features->script == script ? (int64_t)features->letters
                                              : -(int64_t)features->letters;
        seams->at[seams->count] = end;
        seams->codes[seams->count] = seams->len;
        seams->letters[seams->count++] = letters;
    }
    memset(seams->text + seams->len, 0, FEATURES_PAD);
}

void seams_weigh(const struct model *model, const struct seams *seams,
                 unsigned n, const struct model_class *a,
                 const struct model_class *b, int64_t *fits)
{
    struct features_kind one = model->parts[MODEL_QUICK].kind;
    int64_t before[2 * SEAMS_REACH + 3] = { 0 }; /* sums by first code */
    uint32_t rows[FEATURES_ROWS];
    size_t at = 0, count;

    one.grams = (uint32_t)1 << n;
    one.word_bits = 0;
    count = features_rows(seams->text, seams->len, a->script, one, &at, rows);
    for (size_t i = 0; i < count; i++)
        before[i + 1] = before[i] +
                        model_weight(model, MODEL_QUICK, rows[i], a->lane) -
                        model_weight(model, MODEL_QUICK, rows[i], b->lane);
    for (size_t i = 0; i < seams->count; i++) {
        size_t codes = seams->codes[i];
        size_t left = codes < n ? 0 : codes - n + 1;
        size_t right = codes - 1 < count ? codes - 1 : count;

        fits[i] += before[left] - (before[count] - before[right]);
    }
}
