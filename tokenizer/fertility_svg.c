/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fertility_svg - a bar for each language, as an SVG file that needs nothing
 * else: system fonts, colours of its own for light and for dark.
 *
 *     tokens per word                       HEAD
 *     eng_Latn |=======        1.35         ROW, the bar BAR high
 *     ell_Grek |============   2.41
 *              0     1     2                FOOT
 *     MARGIN   PLOT wide       VALUE
 */
#include <math.h>
#include <stdlib.h>

#include "tokenizer/fertility.h"

enum { MARGIN = 88, PLOT = 480, VALUE = 72, HEAD = 48, ROW = 20, BAR = 14,
       FOOT = 32, TICKS_MAX = 8 };

/* Labels need no escaping: letters and "_" is all they have. */
struct bar {
    const char *label;
    double value;
};

/* Cheapest first; of equals by label. */
static int bar_compare(const void *a, const void *b)
{
    const struct bar *x = a, *y = b;

    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return strcmp(x->label, y->label);
}

static struct bar *bars_sorted(const struct fertility *fertility)
{
    struct bar *bars = xcalloc(fertility->count, sizeof *bars);

    for (size_t i = 0; i < fertility->count; i++) {
        const struct fertility_language *one = &fertility->languages[i];

        bars[i] = (struct bar){ one->label, fertility->pivot
                                                ? fertility_cost(fertility, i)
                                                : fertility_rate(one) };
    }
    qsort(bars, fertility->count, sizeof *bars, bar_compare);
    return bars;
}

/* 1, 2 or 5 times a power of ten, so that `max` has at most TICKS_MAX. */
static double tick_step(double max)
{
    double step = pow(10.0, floor(log10(max / TICKS_MAX)));

    if (max / step <= TICKS_MAX)
        return step;
    if (max / (2 * step) <= TICKS_MAX)
        return 2 * step;
    return max / (5 * step) <= TICKS_MAX ? 5 * step : 10 * step;
}

static void print_head(const struct fertility *fertility,
                       struct output *output)
{
    int width = MARGIN + PLOT + VALUE;
    size_t height = HEAD + ROW * fertility->count + FOOT;

    output_print(output,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%zu\""
        " viewBox=\"0 0 %d %zu\" role=\"img\">\n"
        "<title>%s%s</title>\n"
        "<style>\n"
        "svg { font: 12px system-ui, sans-serif; background: #fff }\n"
        "text { fill: #1b1f24 } .bar { fill: #2f6fb0 }\n"
        ".grid { stroke: #d0d4da } .one { stroke: #b3401f }\n"
        "@media (prefers-color-scheme: dark) {\n"
        "svg { background: #15181c }\n"
        "text { fill: #e4e7eb } .bar { fill: #6aa5e0 }\n"
        ".grid { stroke: #3a4048 } .one { stroke: #f08a66 }\n"
        "}\n"
        "</style>\n", width, height, width, height,
        fertility->pivot ? "tokens per line, relative to " : "tokens per word",
        fertility->pivot ? fertility->pivot->label : "");
    output_print(output,
        "<text x=\"%d\" y=\"24\" font-size=\"15\">%s%s</text>\n", MARGIN,
        fertility->pivot ? "Tokens per line, relative to " : "Tokens per word",
        fertility->pivot ? fertility->pivot->label : "");
}

static void print_grid(const struct fertility *fertility, double max,
                       struct output *output)
{
    double step = tick_step(max);
    size_t bottom = HEAD + ROW * fertility->count;

    for (unsigned i = 0; i * step <= max; i++) {
        double x = MARGIN + PLOT * (i * step) / max;

        output_print(output, "<path class=\"grid\" d=\"M%.2f %dV%zu\"/>\n"
                     "<text x=\"%.2f\" y=\"%zu\" text-anchor=\"middle\">%g"
                     "</text>\n", x, HEAD, bottom, x, bottom + 18, i * step);
    }
}

void fertility_svg(const struct fertility *fertility, struct output *output)
{
    struct bar *bars = bars_sorted(fertility);
    double max = bars[fertility->count - 1].value;

    print_head(fertility, output);
    print_grid(fertility, max, output);
    for (size_t i = 0; i < fertility->count; i++) {
        size_t y = HEAD + ROW * i;
        double width = PLOT * bars[i].value / max;

        output_print(output, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">%s"
                     "</text>\n<rect class=\"bar\" x=\"%d\" y=\"%zu\" "
                     "width=\"%.2f\" height=\"%d\"/>\n<text x=\"%.2f\" "
                     "y=\"%zu\">%.3f</text>\n", MARGIN - 8, y + 14,
                     bars[i].label, MARGIN, y + (ROW - BAR) / 2, width, BAR,
                     MARGIN + width + 6, y + 14, bars[i].value);
    }
    /* What the pivot pays, over the bars. */
    if (fertility->pivot)
        output_print(output, "<path class=\"one\" d=\"M%.2f %dV%zu\"/>\n",
                     MARGIN + PLOT / max, HEAD, HEAD + ROW * fertility->count);
    output_print(output, "</svg>\n");
    free(bars);
}
