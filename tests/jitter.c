/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jitter - a stage of the test binary only: hold batches up unevenly, so that
 * they reach the next stage in another order than they were read.
 *
 * The delay is a function of the batch's number: a few batches wait long, most
 * not at all, neighbours differently.  No document is changed.
 */
#include <stddef.h>
#include <time.h>

#include "src/stage.h"

extern const struct stage jitter_stage;

struct jitter {
    uint64_t max_ms;
};

static const struct option jitter_options[] = {
    { "max-ms", OPTION_COUNT, offsetof(struct jitter, max_ms), "3", "MS",
      "longest delay of a batch" },
    { 0 }
};

static void jitter_map(const void *self, struct batch *b)
{
    const struct jitter *jitter = self;
    uint64_t mix = (b->number + 1) * 0x9e3779b97f4a7c15u >> 32;
    uint64_t delay_us = mix % 4 == 0 ? mix % (jitter->max_ms * 1000 + 1) : 0;
    struct timespec delay = { (time_t)(delay_us / 1000000),
                              (long)(delay_us % 1000000) * 1000 };

    nanosleep(&delay, NULL);
}

const struct stage jitter_stage = {
    .name = "jitter",
    .summary = "hold batches up unevenly (in test builds only)",
    .options = jitter_options,
    .size = sizeof(struct jitter),
    .flags = STAGE_NO_TEXT,
    .map = jitter_map,
};
