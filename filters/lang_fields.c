/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lang_fields - lang_spans is an array of [first byte, end, label].
 */
#include "filters/lang_fields.h"

#include <stdlib.h>

#include "src/json.h"

/* A JSON number; `otherwise` where there is none. */
static double number_of(struct slice value, double otherwise)
{
    char copy[32], *end;
    double score;

    if (!value.ptr || value.len >= sizeof copy)
        return otherwise;
    memcpy(copy, value.ptr, value.len);
    copy[value.len] = '\0';
    score = strtod(copy, &end);
    return *end ? otherwise : score;
}

/* Bytes of lang_spans, all and those of the record's language. */
struct span_sums {
    struct slice lang;
    double all, own;
    double part[2]; /* first and end of the span at hand */
    int items;
};

static bool add_item(void *context, struct slice value, enum json_kind kind)
{
    struct span_sums *sums = context;
    double len;

    if (kind == JSON_NUMBER && sums->items < 2) {
        sums->part[sums->items++] = number_of(value, 0);
        return true;
    }
    len = sums->part[1] - sums->part[0];
    if (kind != JSON_STRING || sums->items != 2 || !(len > 0))
        return false;
    sums->all += len;
    if (value.len >= 2 &&
        slice_equal(slice_make(value.ptr + 1, value.len - 2), sums->lang))
        sums->own += len;
    return false;
}

static bool add_span(void *context, struct slice value, enum json_kind kind)
{
    struct span_sums *sums = context;

    sums->items = 0;
    if (kind == JSON_ARRAY)
        json_each(value, add_item, sums);
    return true;
}

double lang_score(const struct record *record)
{
    return number_of(record->value[KEY_LANG_SCORE], 1);
}

double lang_share(const struct record *record)
{
    struct slice spans = record->value[KEY_LANG_SPANS];
    struct span_sums sums = { .lang = record->lang };

    if (!spans.ptr || spans.len == 0 || spans.ptr[0] != '[')
        return 1;
    json_each(spans, add_span, &sums);
    return sums.all > 0 ? sums.own / sums.all : 1;
}
