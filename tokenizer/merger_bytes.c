/* SPDX-License-Identifier: Apache-2.0 */
/*
 * merger_bytes - the first count of all pairs, while every token is a byte:
 * there are 65,536 pairs at most, so that they need no hash, and threads can
 * count the words in parts.
 */
#include <stdlib.h>

#include "src/fail.h"
#include "src/parallel.h"
#include "tokenizer/merger_books.h"

enum { BYTES = 256, PAIRS = BYTES * BYTES };

/* Slots [begin, end), from edge to edge. */
struct part {
    uint32_t begin, end;
    int64_t *weights;    /* [askers][PAIRS] */
    uint32_t *places;    /* [PAIRS] */
    uint32_t **at;       /* [PAIRS] where the next place goes; NULL: nowhere */
};

struct first_count {
    struct merger *m;
    struct part *parts;  /* [threads] */
    size_t part_count;
    uint8_t *byte_of;    /* [lengths of the set] number of a token's byte */
    uint32_t ids[BYTES]; /* and the token of a number */
};

static void number_bytes(struct first_count *f)
{
    const struct wordset *set = f->m->set;
    size_t count = 0;

    f->byte_of = xcalloc(set->length_cap + 1, 1);
    for (size_t id = 0; id < set->length_cap; id++)
        if (set->lengths[id] == 1) {
            f->byte_of[id] = (uint8_t)count;
            f->ids[count++] = (uint32_t)id;
        }
}

static void cut(struct first_count *f)
{
    const struct wordset *set = f->m->set;
    size_t last = set->slot_count - 1, at = 0;

    for (size_t i = 0; i < f->part_count; i++) {
        struct part *part = &f->parts[i];
        size_t end = last * (i + 1) / f->part_count;

        while (set->slots[end] != SLOT_EDGE)
            end++;
        part->begin = (uint32_t)at;
        part->end = (uint32_t)end;
        part->places = xcalloc(PAIRS, sizeof *part->places);
        part->weights = xcalloc(f->m->queue_count * PAIRS + 1,
                                sizeof *part->weights);
        part->at = xcalloc(PAIRS, sizeof *part->at);
        at = end;
    }
}

static void count_part(void *context, size_t i, size_t worker)
{
    struct first_count *f = context;
    const struct wordset *set = f->m->set;
    struct part *part = &f->parts[i];

    (void)worker;
    for (uint32_t at = part->begin; at < part->end;) {
        const struct wordset_run *run = wordset_run(set, at);
        uint32_t end = run[1].begin < part->end ? run[1].begin : part->end;
        uint32_t asker = f->m->asker[run->group];
        int64_t *weights = asker == MERGER_NOBODY
                               ? NULL : part->weights + (size_t)asker * PAIRS;

        for (; at < end; at++) {
            uint32_t left = set->slots[at], right = set->slots[at + 1], pair;

            if (left == SLOT_EDGE || right == SLOT_EDGE)
                continue;
            pair = (uint32_t)f->byte_of[left] << 8 | f->byte_of[right];
            part->places[pair]++;
            if (weights)
                weights[pair] += run->count;
        }
    }
}

/* The sum of all parts; a list for the pairs that are kept. */
static void keep_pair(struct first_count *f, uint32_t pair)
{
    struct merger *m = f->m;
    uint64_t key = keyed_pair(f->ids[pair >> 8], f->ids[pair & 0xff]);
    bool is_kept = m->is_expecting && places_find(&m->places, key);
    struct place_list *list;
    uint32_t count = 0;

    for (size_t i = 0; i < f->part_count; i++)
        count += f->parts[i].places[pair];
    if (count == 0)
        return;
    for (size_t q = 0; q < m->queue_count; q++) {
        int64_t weight = 0;

        for (size_t i = 0; i < f->part_count; i++)
            weight += f->parts[i].weights[q * PAIRS + pair];
        if (weight < m->queues[q].least)
            continue;
        pairs_enter(&m->queues[q], key, weight);
        is_kept = true;
    }
    if (!is_kept)
        return;
    list = places_add(&m->places, key);
    list->at = places_alloc(&m->places, 0, count);
    for (size_t i = 0; i < f->part_count; i++) {
        f->parts[i].at[pair] = list->at + list->count;
        list->count += f->parts[i].places[pair];
    }
}

static void fill_part(void *context, size_t i, size_t worker)
{
    struct first_count *f = context;
    const struct wordset *set = f->m->set;
    const struct part *part = &f->parts[i];

    (void)worker;
    for (uint32_t at = part->begin; at < part->end; at++) {
        uint32_t left = set->slots[at], right = set->slots[at + 1], pair;

        if (left == SLOT_EDGE || right == SLOT_EDGE)
            continue;
        pair = (uint32_t)f->byte_of[left] << 8 | f->byte_of[right];
        if (part->at[pair])
            *part->at[pair]++ = at;
    }
}

void merger_count_bytes(struct merger *m)
{
    struct first_count f = { .m = m, .part_count = m->threads };

    f.parts = xcalloc(f.part_count, sizeof *f.parts);
    number_bytes(&f);
    cut(&f);
    parallel_for(m->threads, f.part_count, count_part, &f);
    for (uint32_t pair = 0; pair < PAIRS; pair++)
        keep_pair(&f, pair);
    parallel_for(m->threads, f.part_count, fill_part, &f);
    for (size_t i = 0; i < f.part_count; i++) {
        free(f.parts[i].weights);
        free(f.parts[i].places);
        free(f.parts[i].at);
    }
    free(f.parts);
    free(f.byte_of);
}
