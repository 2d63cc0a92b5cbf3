/* SPDX-License-Identifier: Apache-2.0 */
/*
 * texts.h - what a model is trained on: per class, lines as letter codes, and
 * samples drawn from them as texts are met: sentences, a few words, one word.
 *
 * Memory: about a byte per letter of the training text.
 */
#ifndef MLIN_TEXTS_H
#define MLIN_TEXTS_H

#include <stddef.h>
#include <stdint.h>

#include "langid/draw.h"
#include "langid/features.h"
#include "langid/model.h"

enum { TEXTS_SAMPLE_MAX = 640 };

struct texts_words {
    uint8_t *codes;     /* 0 word 0 word 0 ... */
    size_t len, cap;
    size_t *starts;     /* [count] at the 0 before each word */
    uint64_t *weights;  /* [count] sum of the weights up to and with it */
    size_t count, starts_cap, weights_cap;
};

struct texts_line {
    size_t from;        /* in codes; it goes on to where the next begins */
    size_t words;
};

enum texts_kind {
    TEXTS_FILE,         /* lines of a file */
    TEXTS_JUNK,         /* made by junk.h */
    TEXTS_CIPHER        /* of a file, and of other classes with their letters
                           swapped */
};

struct texts_class {
    enum texts_kind kind;
    char *path;         /* NULL: no file */
    char label[MODEL_LABEL_MAX + 1];
    unsigned script, lane;
    uint8_t *codes;     /* lines, each 0 word 0 word 0, and padding */
    size_t len, cap;
    struct texts_line *lines; /* [line_count + 1] */
    size_t line_count, lines_cap;
    struct texts_words words;
    unsigned cipher;    /* TEXTS_CIPHER: that many of 100 samples are such */
    uint8_t plain[256]; /* letters of the script without their marks */
};

struct texts {
    struct texts_class *classes; /* sorted by label, then path; one is junk */
    size_t count, cap;
    size_t lanes;                /* in use, over all scripts */
    uint64_t weights[MODEL_CLASSES_MAX]; /* summed: how often each is drawn */
};

/* A text to learn from: a view of `codes` with FEATURES_PAD zeros after it. */
struct texts_sample {
    size_t class;
    unsigned script;
    size_t len;
    uint8_t codes[TEXTS_SAMPLE_MAX + FEATURES_PAD];
};

/*
 * Load DIR/<label>.txt[.gz|.zst], one text per line, and, unless NULL,
 *   other   the same for languages outside the set: each becomes a class whose
 *           label is "und_<script>", if `dir` has labels of that script
 *   words   <label>.tsv[.gz|.zst], word TAB count, for labels of `dir`
 * Lines whose main script is not the label's are left out.  Dies with the
 * file's name when something is wrong.
 */
void texts_load(struct texts *texts, const char *dir, const char *other,
                const char *words, size_t threads);
void texts_free(struct texts *texts);

/* Add a line of letter codes to a class that is being loaded. */
void texts_append(struct texts_class *class, const uint8_t *codes, size_t len);

/*
 * Draw a sample.  Classes are drawn with the fourth root of their text's size.
 * `room` is working memory.  Depends on (texts, draw) only.
 */
void texts_draw(const struct texts *texts, struct draw *draw,
                struct features *room, struct texts_sample *sample);

#endif
