/* SPDX-License-Identifier: Apache-2.0 */
/*
 * progress - the one place that looks at a clock, and only for people.
 */
#include "src/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void progress_open(struct progress *progress, const char *name, bool quiet)
{
    *progress = (struct progress){ .name = name };
    progress->on = !quiet && isatty(STDERR_FILENO);
    if (progress->on)
        progress->start = progress->shown = now();
}

void progress_add(struct progress *progress, uint64_t documents, uint64_t kept,
                  uint64_t bytes, uint64_t done, uint64_t total)
{
    double time, rate;

    progress->documents += documents;
    progress->kept += kept;
    progress->bytes += bytes;
    if (!progress->on || (time = now()) - progress->shown < 0.5)
        return;
    progress->shown = time;
    rate = (double)progress->bytes / (time - progress->start + 1e-9);
    fprintf(stderr, "\r\033[Kmlin %s: %" PRIu64 " documents, %.1f MB/s",
            progress->name, progress->documents, rate / 1e6);
    if (progress->documents > 0)
        fprintf(stderr, ", %.1f %% kept", 100.0 * (double)progress->kept /
                                              (double)progress->documents);
    if (total > 0 && done > 0)
        fprintf(stderr, ", %.0f %%, %.0f s left",
                100.0 * (double)done / (double)total,
                (time - progress->start) * ((double)total / (double)done - 1));
    fflush(stderr);
}

void progress_close(struct progress *progress)
{
    if (progress->on)
        fprintf(stderr, "\r\033[K");
}
