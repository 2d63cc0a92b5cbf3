/* SPDX-License-Identifier: Apache-2.0 */
/*
 * priority - a member as a number whose order is that of what it means.
 */
#include "filters/priority.h"

#include <stdlib.h>
#include <string.h>

#include "src/fail.h"
#include "src/json.h"

#define MOST ((UINT64_C(1) << 48) - 1)

enum { SOURCES_MAX = 65535 };

void priority_check(struct priority *p)
{
    const char *at = p->sources;
    size_t cap = 0;

    while (at && *at) {
        size_t len = strcspn(at, ",");

        if (p->order_count == SOURCES_MAX - 1)
            usage_error("--prefer-sources: too many");
        p->order = grow(p->order, &cap, p->order_count + 1, sizeof *p->order);
        p->order[p->order_count++] = slice_make(at, len);
        at += len + (at[len] == ',');
    }
}

void priority_clear(struct priority *p)
{
    free(p->order);
    p->order = NULL;
    p->order_count = 0;
}

static uint64_t source_rank(const struct priority *p, struct batch *b,
                            const struct record *r)
{
    struct slice source;

    if (p->order_count == 0 || !record_get(b, r, KEY_SOURCE, &source))
        return p->order_count;
    for (size_t i = 0; i < p->order_count; i++)
        if (source.len >= p->order[i].len &&
            memcmp(source.ptr, p->order[i].ptr, p->order[i].len) == 0)
            return i;
    return p->order_count;
}

/* The first 14 digits of a date as one number; 0 without a date. */
static uint64_t date_of(struct batch *b, const struct record *r)
{
    uint64_t date = 0;
    size_t digits = 0;
    struct slice text;

    if (!record_get(b, r, KEY_DATE, &text))
        return 0;
    for (size_t i = 0; i < text.len && digits < 14; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9') {
            date = date * 10 + (uint64_t)(text.ptr[i] - '0');
            digits++;
        }
    while (digits > 0 && digits++ < 14)
        date *= 10;
    return date;
}

/* A number as 32 bits in the order of numbers; 0 without one. */
static uint64_t number_of(const struct record *r, const char *field)
{
    struct json_member member;
    char text[64];
    float value;
    uint32_t bits;

    if (!record_find(r, slice_from(field), &member) ||
        member.kind != JSON_NUMBER || member.value.len >= sizeof text)
        return 0;
    memcpy(text, member.value.ptr, member.value.len);
    text[member.value.len] = '\0';
    value = strtof(text, NULL);
    memcpy(&bits, &value, sizeof bits);
    return bits & 0x80000000u ? (uint32_t)~bits : bits | 0x80000000u;
}

static uint64_t quantity(const struct priority *p, struct batch *b,
                         const struct record *r)
{
    uint64_t len = r->text.len < MOST ? r->text.len : MOST, date;

    if (!p->prefer)
        return 0;
    if (strcmp(p->prefer, "longest") == 0)
        return MOST - len;
    if (strcmp(p->prefer, "shortest") == 0)
        return len;
    if (strcmp(p->prefer, "newest") == 0)
        return MOST - date_of(b, r);
    if (strcmp(p->prefer, "oldest") == 0) {
        date = date_of(b, r);
        return date ? date : MOST; /* any date before none */
    }
    return MOST - number_of(r, p->prefer);
}

bool priority_is_known(uint64_t priority)
{
    return (priority & MOST) != MOST;
}

uint64_t priority_of(const struct priority *p, struct batch *b,
                     const struct record *r)
{
    return source_rank(p, b, r) << 48 | quantity(p, b, r);
}
