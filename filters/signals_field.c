/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals_field - where they stand in the line, for the fault.
 */
#include "filters/signals_field.h"

bool signals_field(struct record *record, struct signals *signals)
{
    struct slice json = record->value[KEY_QUALITY];
    struct fault fault;

    if (!json.ptr) {
        record_reject(record, "no signals: run quality --signals before", 0);
        return false;
    }
    if (!signals_parse(signals, json, &fault)) {
        record_reject(record, fault.what,
                      (size_t)(json.ptr - record->line.ptr) + fault.at);
        return false;
    }
    return true;
}
