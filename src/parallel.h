/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parallel.h - an indexed loop on several threads.
 */
#ifndef MLIN_PARALLEL_H
#define MLIN_PARALLEL_H

#include <stddef.h>

/*
 * Call body(context, i, worker) once for each i in 0 .. count-1, on up to
 * `threads` threads, in any order; `worker` is 0 .. threads-1 and names the
 * thread, so that each can have a buffer of its own.  Returns when all have
 * returned.  The order of calls is not fixed: results must not depend on it.
 */
void parallel_for(size_t threads, size_t count,
                  void (*body)(void *context, size_t i, size_t worker),
                  void *context);

/* The processors this process may run on (the affinity mask), at least 1. */
size_t parallel_cores(void);

#endif
