/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts - sections of word counts.
 */
#include "tokenizer/counts.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/hash.h"

enum { SLOTS_MIN = 64 };

static struct slice copy(struct slice bytes)
{
    char *ptr = xmalloc(bytes.len + 1);

    if (bytes.len > 0)
        memcpy(ptr, bytes.ptr, bytes.len);
    return slice_make(ptr, bytes.len);
}

void counts_clear(struct counts *counts)
{
    for (size_t i = 0; i < counts->count; i++) {
        free((char *)counts->sections[i].lang.ptr);
        free((char *)counts->sections[i].source.ptr);
        wordcount_clear(&counts->sections[i].words);
    }
    free(counts->sections);
    free(counts->slots);
    free(counts->pretokenizer);
    *counts = (struct counts){ 0 };
}

void counts_list_clear(struct counts_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        counts_clear(&list->items[i]);
    free(list->items);
    free(list->pretokenizer);
    *list = (struct counts_list){ 0 };
}

/* The slot of a section, or the free one where it belongs. */
static uint32_t *slot_of(const struct counts *counts, struct slice lang,
                         struct slice source)
{
    struct slice parts[2] = { lang, source };
    size_t at = hash128_parts(parts, 2).low & (counts->slot_cap - 1);

    for (; counts->slots[at] != 0; at = (at + 1) & (counts->slot_cap - 1)) {
        const struct counts_section *section =
            &counts->sections[counts->slots[at] - 1];

        if (slice_equal(section->lang, lang) &&
            slice_equal(section->source, source))
            break;
    }
    return &counts->slots[at];
}

static void slots_grow(struct counts *counts)
{
    free(counts->slots);
    counts->slot_cap = counts->slot_cap > 0 ? counts->slot_cap * 2 : SLOTS_MIN;
    counts->slots = xcalloc(counts->slot_cap, sizeof *counts->slots);
    for (size_t i = 0; i < counts->count; i++)
        *slot_of(counts, counts->sections[i].lang,
                 counts->sections[i].source) = (uint32_t)i + 1;
}

struct counts_section *counts_section(struct counts *counts, struct slice lang,
                                      struct slice source)
{
    uint32_t *slot;

    if (counts->count * 2 >= counts->slot_cap)
        slots_grow(counts);
    slot = slot_of(counts, lang, source);
    if (*slot == 0) {
        counts->sections = grow(counts->sections, &counts->cap,
                                counts->count + 1, sizeof *counts->sections);
        counts->sections[counts->count++] = (struct counts_section){
            .lang = copy(lang), .source = copy(source)
        };
        *slot = (uint32_t)counts->count;
    }
    return &counts->sections[*slot - 1];
}

bool counts_section_add(struct counts_section *sum,
                        const struct counts_section *part)
{
    if (sum->documents > UINT64_MAX - part->documents ||
        sum->text_bytes > UINT64_MAX - part->text_bytes ||
        !wordcount_add_all(&sum->words, &part->words))
        return false;
    sum->documents += part->documents;
    sum->text_bytes += part->text_bytes;
    return true;
}

bool counts_add_all(struct counts *counts, const struct counts *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct counts_section *part = &from->sections[i];

        if (!counts_section_add(counts_section(counts, part->lang,
                                               part->source), part))
            return false;
    }
    return true;
}
