/* SPDX-License-Identifier: Apache-2.0 */
/*
 * priority.h - which of several copies is kept: a number, the least of which is
 * best, that depends on nothing but the document.
 *
 *     16 bits   place of its source in --prefer-sources
 *     48 bits   --prefer: length, date, or a number that a member holds
 *
 * Of equal ones the least uid is kept.  Any thread, after priority_check().
 */
#ifndef MLIN_PRIORITY_H
#define MLIN_PRIORITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/record.h"

struct priority {
    const char *prefer;  /* longest, shortest, newest, oldest, a member's name
                          * or dotted path, or NULL */
    const char *sources; /* A,B,... or NULL */
    struct slice *order; /* [order_count] */
    size_t order_count;
};

/* Take the lists apart; a usage_error() for those that cannot be. */
void priority_check(struct priority *priority);
uint64_t priority_of(const struct priority *priority, struct batch *batch,
                     const struct record *record);
/* Had the document the date, or the number, that --prefer asks for? */
bool priority_is_known(uint64_t priority);
void priority_clear(struct priority *priority);

#endif
