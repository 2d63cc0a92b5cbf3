/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash - the one door to libxxhash.
 *
 * Where the library was built to choose by the processor, it has functions of
 * other names for that, and a header that puts them in the others' place.
 */
#include "src/hash.h"

#include <stdio.h>
#include <xxhash.h>
#if defined(__x86_64__) && __has_include(<xxh_x86dispatch.h>)
#include <xxh_x86dispatch.h>
#endif

#include "src/fail.h"

uint64_t hash64(struct slice bytes)
{
    return XXH3_64bits(bytes.ptr, bytes.len);
}

uint64_t hash64_classic(struct slice bytes)
{
    return XXH64(bytes.ptr, bytes.len, 0);
}

struct hash128 hash128(struct slice bytes)
{
    XXH128_hash_t hash = XXH3_128bits(bytes.ptr, bytes.len);

    return (struct hash128){ hash.high64, hash.low64 };
}

struct hash128 hash128_parts(const struct slice *parts, size_t count)
{
    struct hash128 sum = { 0, 0 };

    for (size_t i = 0; i < count; i++) {
        struct hash128 part = hash128(parts[i]);
        uint64_t words[5] = { sum.high, sum.low, part.high, part.low,
                              parts[i].len };
        unsigned char bytes[sizeof words];

        for (size_t j = 0; j < sizeof bytes; j++)
            bytes[j] = (unsigned char)(words[j / 8] >> (j % 8 * 8));
        sum = hash128(slice_make((char *)bytes, sizeof bytes));
    }
    return sum;
}

struct hash_stream *hash_stream_new(void)
{
    XXH3_state_t *state = XXH3_createState();

    if (!state)
        die("not enough memory");
    XXH3_128bits_reset(state);
    return (struct hash_stream *)state;
}

void hash_stream_add(struct hash_stream *stream, struct slice bytes)
{
    XXH3_128bits_update((XXH3_state_t *)stream, bytes.ptr, bytes.len);
}

struct hash128 hash_stream_take(struct hash_stream *stream)
{
    XXH128_hash_t hash = XXH3_128bits_digest((XXH3_state_t *)stream);

    XXH3_128bits_reset((XXH3_state_t *)stream);
    return (struct hash128){ hash.high64, hash.low64 };
}

void hash_stream_free(struct hash_stream *stream)
{
    XXH3_freeState((XXH3_state_t *)stream);
}

void hash128_print(struct hash128 hash, char text[33])
{
    snprintf(text, 33, "%016llx%016llx", (unsigned long long)hash.high,
             (unsigned long long)hash.low);
}

const char *hash_version(void)
{
    static char text[32];
    unsigned version = XXH_versionNumber();

    snprintf(text, sizeof text, "%u.%u.%u", version / 10000,
             version / 100 % 100, version % 100);
    return text;
}
