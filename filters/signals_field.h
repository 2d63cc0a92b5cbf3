/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals_field.h - the signals that quality --signals has put into a record.
 */
#ifndef MLIN_FILTERS_SIGNALS_FIELD_H
#define MLIN_FILTERS_SIGNALS_FIELD_H

#include <stdbool.h>

#include "filters/signals.h"
#include "src/record.h"

/* False when they are not there, or not whole: the record is rejected then. */
bool signals_field(struct record *record, struct signals *signals);

#endif
