/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lang_fields.h - what langid has written into a record, as numbers.
 *
 * Safe from any thread.
 */
#ifndef MLIN_FILTERS_LANG_FIELDS_H
#define MLIN_FILTERS_LANG_FIELDS_H

#include "src/record.h"

/* lang_score; 1 where there is none, or no number. */
double lang_score(const struct record *record);

/*
 * Share of the bytes of lang_spans that are in the record's language; 1 where
 * there are none.
 */
double lang_share(const struct record *record);

#endif
