/* SPDX-License-Identifier: Apache-2.0 */
/*
 * progress.h - a line on stderr, when it is a terminal, about twice a second.
 */
#ifndef MLIN_PROGRESS_H
#define MLIN_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool on;
    const char *name;      /* what is at work */
    double start, shown;   /* seconds */
    uint64_t documents, kept, bytes;
};

/* Off when `quiet` or when stderr is no terminal. */
void progress_open(struct progress *progress, const char *name, bool quiet);

/*
 * Add to the counts and perhaps show them.  `done` of `total` packed bytes are
 * read; total 0 = unknown, no time left is shown.
 */
void progress_add(struct progress *progress, uint64_t documents, uint64_t kept,
                  uint64_t bytes, uint64_t done, uint64_t total);

/* Clear the line. */
void progress_close(struct progress *progress);

#endif
