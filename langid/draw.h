/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draw.h - numbers drawn by seed, for the trainer: SplitMix64 (Steele, Lea and
 * Flood 2014).  The same seed gives the same numbers on every machine.
 */
#ifndef MLIN_DRAW_H
#define MLIN_DRAW_H

#include <stdbool.h>
#include <stdint.h>

struct draw {
    uint64_t state;
};

static inline uint64_t draw_next(struct draw *draw)
{
    uint64_t z = draw->state += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* A number below `limit`; limit 1 to 2^32. */
static inline uint64_t draw_below(struct draw *draw, uint64_t limit)
{
    return (draw_next(draw) >> 32) * limit >> 32;
}

/* The same for limits up to 2^63, a little uneven: for weights. */
static inline uint64_t draw_below_big(struct draw *draw, uint64_t limit)
{
    return draw_next(draw) % limit;
}

/* True `percent` times in a hundred. */
static inline bool draw_chance(struct draw *draw, unsigned percent)
{
    return draw_below(draw, 100) < percent;
}

#endif
