/* SPDX-License-Identifier: Apache-2.0 */
/*
 * digest - the door to nettle.
 */
#include "src/digest.h"

#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <nettle/version.h>

void digest_sha256(struct slice bytes, uint8_t digest[DIGEST_BYTES])
{
    struct sha256_ctx context;

    sha256_init(&context);
    sha256_update(&context, bytes.len, (const uint8_t *)bytes.ptr);
    sha256_digest(&context, DIGEST_BYTES, digest);
}

void digest_hmac(struct slice key, const struct slice *parts, size_t count,
                 uint8_t digest[DIGEST_BYTES])
{
    struct hmac_sha256_ctx context;

    hmac_sha256_set_key(&context, key.len, (const uint8_t *)key.ptr);
    for (size_t i = 0; i < count; i++)
        hmac_sha256_update(&context, parts[i].len,
                           (const uint8_t *)parts[i].ptr);
    hmac_sha256_digest(&context, DIGEST_BYTES, digest);
}

#define TEXT_OF(number) #number
#define VERSION_OF(major, minor) TEXT_OF(major) "." TEXT_OF(minor)

const char *digest_version(void)
{
    return VERSION_OF(NETTLE_VERSION_MAJOR, NETTLE_VERSION_MINOR);
}
