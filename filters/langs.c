/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langs - open addressing by the hash of the label.
 */
#include "filters/langs.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"

static uint32_t *slot_of(const struct langs *langs, struct slice label)
{
    size_t at = hash64(label) & (langs->slot_cap - 1);

    while (langs->slots[at] &&
           !slice_equal(langs->labels[langs->slots[at] - 1], label))
        at = (at + 1) & (langs->slot_cap - 1);
    return &langs->slots[at];
}

static void widen(struct langs *langs)
{
    free(langs->slots);
    langs->slot_cap = langs->slot_cap ? 2 * langs->slot_cap : 64;
    langs->slots = xcalloc(langs->slot_cap, sizeof *langs->slots);
    for (size_t i = 0; i < langs->count; i++)
        *slot_of(langs, langs->labels[i]) = (uint32_t)i + 1;
}

size_t langs_number(struct langs *langs, struct slice label)
{
    uint32_t *slot;
    char *copy;

    if (2 * langs->count >= langs->slot_cap)
        widen(langs);
    slot = slot_of(langs, label);
    if (*slot)
        return *slot - 1;
    copy = xmalloc(label.len + 1);
    if (label.len > 0)
        memcpy(copy, label.ptr, label.len);
    langs->labels = grow(langs->labels, &langs->cap, langs->count + 1,
                         sizeof *langs->labels);
    langs->labels[langs->count] = slice_make(copy, label.len);
    *slot = (uint32_t)++langs->count;
    return langs->count - 1;
}

void langs_clear(struct langs *langs)
{
    for (size_t i = 0; i < langs->count; i++)
        free((char *)langs->labels[i].ptr);
    free(langs->labels);
    free(langs->slots);
    *langs = (struct langs){ 0 };
}
