/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash.h - 64- and 128-bit hashes with fixed seeds (XXH3, from libxxhash).
 *
 * The same bytes give the same value on every machine and in every version, for
 * hashes reach outputs (ids).  Not for secrets: anyone can build collisions.
 * Safe from any thread.
 */
#ifndef MLIN_HASH_H
#define MLIN_HASH_H

#include <stdint.h>

#include "src/slice.h"

struct hash128 {
    uint64_t high, low;
};

uint64_t hash64(struct slice bytes);
struct hash128 hash128(struct slice bytes);

/* The older XXH64 with seed 0, for values that other programs have stored. */
uint64_t hash64_classic(struct slice bytes);

/*
 * Hash several slices as if each were preceded by its length, so that
 * ("ab","c") and ("a","bc") differ.
 */
struct hash128 hash128_parts(const struct slice *parts, size_t count);

/* The hash of bytes that come in pieces: as hash128() of all of them. */
struct hash_stream;

struct hash_stream *hash_stream_new(void);
void hash_stream_add(struct hash_stream *stream, struct slice bytes);
/* Of what was added so far; what is added next begins a new value. */
struct hash128 hash_stream_take(struct hash_stream *stream);
void hash_stream_free(struct hash_stream *stream);

/* 32 lower-case hexadecimal digits and a NUL. */
void hash128_print(struct hash128 hash, char text[33]);

/* libxxhash's version, as it calls itself: "0.8.1". */
const char *hash_version(void);

#endif
