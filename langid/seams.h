/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seams.h - where one language of a text may give way to another: behind any
 * white space near the place that is known roughly.  Linear in the bytes.
 */
#ifndef MLIN_SEAMS_H
#define MLIN_SEAMS_H

#include <stddef.h>
#include <stdint.h>

#include "langid/model.h"

enum { SEAMS_REACH = 96 }; /* bytes that a seam may move, either way */

struct seams {
    size_t count;                     /* of words; a seam is behind each */
    size_t at[2 * SEAMS_REACH];       /* bytes of the text before it */
    size_t codes[2 * SEAMS_REACH];    /* of `text`, up to its parting */
    int64_t letters[2 * SEAMS_REACH]; /* of the script, less others', before */
    size_t len;
    uint8_t text[2 * SEAMS_REACH + 2 + FEATURES_PAD]; /* words of the script */
};

/*
 * Read the words of from .. to, which is at most 2 * SEAMS_REACH bytes.
 * `features` is room to work in.
 */
void seams_read(struct seams *seams, struct features *features,
                struct slice text, size_t from, size_t to, unsigned script);

/*
 * fits[seam] += how much more the n-grams before it are a's than b's, and those
 * after it b's than a's, by the quick part.  Both classes are of the script.
 */
void seams_weigh(const struct model *model, const struct seams *seams,
                 unsigned n, const struct model_class *a,
                 const struct model_class *b, int64_t *fits);

#endif
