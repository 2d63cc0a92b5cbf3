/* SPDX-License-Identifier: Apache-2.0 */
/*
 * picture - a square for each pair that occurs; its shade is the root of its
 * share, so that one confusion in a hundred can be seen.
 */
#include "langid/picture.h"

#include <inttypes.h>
#include <math.h>

enum { CELL = 12, MARGIN = 76 };

static void write_labels(struct output *output, const char *label, size_t i)
{
    size_t at = MARGIN + i * CELL + CELL - 3;

    output_print(output, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">%s"
                 "</text>\n", MARGIN - 4, at, label);
    output_print(output, "<text x=\"%zu\" y=\"%d\" transform=\"rotate(-90 %zu "
                 "%d)\">%s</text>\n", at, MARGIN - 4, at, MARGIN - 4, label);
}

static void write_cell(struct output *output, const char *const *labels,
                       size_t rows, size_t row, size_t column, uint64_t count,
                       uint64_t texts)
{
    double share = (double)count / (double)texts;
    int shade = (int)(255.0 - 255.0 * sqrt(share));

    /* what is right is blue, what is wrong is red */
    output_print(output, "<rect x=\"%zu\" y=\"%zu\" width=\"%d\" height=\"%d\" "
                 "fill=\"#%02x%02x%02x\"><title>%s as %s: %" PRIu64
                 "</title></rect>\n", MARGIN + column * CELL,
                 MARGIN + row * CELL, CELL - 1, CELL - 1,
                 row == column ? shade : 255, shade,
                 row == column ? 255 : shade, labels[row],
                 column < rows ? labels[column] : "other", count);
}

void picture_write(struct output *output, const char *const *labels,
                   size_t rows, const uint64_t *counts)
{
    size_t size = MARGIN + (rows + 1) * CELL + 4;

    output_print(output, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                 "viewBox=\"0 0 %zu %zu\" font-family=\"monospace\" "
                 "font-size=\"10\">\n<title>rows: true label; columns: guess"
                 "</title>\n<rect width=\"100%%\" height=\"100%%\" "
                 "fill=\"#fff\"/>\n", size, size);
    for (size_t i = 0; i < rows; i++)
        write_labels(output, labels[i], i);
    for (size_t row = 0; row < rows; row++) {
        const uint64_t *line = counts + row * (rows + 1);
        uint64_t texts = 0;

        for (size_t i = 0; i <= rows; i++)
            texts += line[i];
        for (size_t i = 0; i <= rows; i++)
            if (line[i] > 0)
                write_cell(output, labels, rows, row, i, line[i], texts);
    }
    output_print(output, "</svg>\n");
}
