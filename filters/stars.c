/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stars - threads take ranges of keys, and hand stars in by the thousand.
 */
#include "filters/stars.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/parallel.h"

struct stars {
    const struct pairs_work *work;
    size_t range;                /* the first one */
    struct sorter *found;
    struct parallel_locks *lock; /* of the sorter */
    uint64_t memory;             /* of a thread */
};

struct star_list {
    uint64_t words[2 * 4096];
    size_t len;
};

static void hand_in(struct stars *stars, struct star_list *list)
{
    parallel_lock(stars->lock, 0);
    for (size_t i = 0; i < list->len; i += 2)
        sorter_add(stars->found, list->words + i);
    parallel_unlock(stars->lock, 0);
    list->len = 0;
}

static void find_in_range(void *context, size_t i, size_t worker)
{
    struct stars *stars = context;
    size_t range = stars->range + i;
    struct sketchbook_stream *keys = sketchbook_keys(
        stars->work->books, range, range + 1, stars->memory);
    struct star_list *list = xcalloc(1, sizeof *list);
    const uint64_t *record;
    uint64_t key = 0, least = 0, last = 0;
    bool has_key = false;

    (void)worker;
    while ((record = sketchbook_next(keys))) {
        if (!has_key || record[0] != key) {
            key = record[0];
            least = last = record[1]; /* uids of a key come in order */
            has_key = true;
        } else if (record[1] != last) {
            last = record[1];
            list->words[list->len++] = least;
            list->words[list->len++] = last;
            if (list->len == sizeof list->words / 8)
                hand_in(stars, list);
        }
    }
    hand_in(stars, list);
    free(list);
    sketchbook_stream_free(keys);
}

struct sorter *stars_find(const struct pairs_work *work, size_t range,
                          size_t range_end)
{
    struct stars stars = {
        .work = work, .range = range,
        .found = sorter_new(2, 2, work->memory / 4, work->directory,
                            work->threads),
        .lock = parallel_locks_new(1),
        .memory = work->memory / 3 / work->threads
    };

    parallel_for(work->threads, range_end - range, find_in_range, &stars);
    parallel_locks_free(stars.lock);
    sorter_finish(stars.found);
    return stars.found;
}
