/* SPDX-License-Identifier: Apache-2.0 */
/* digest - the vectors of FIPS 180-4 and RFC 4231. */
#include "src/digest.h"

#include <stdio.h>
#include <string.h>

#include "tests/check.h"

static void is(const uint8_t digest[DIGEST_BYTES], const char *want)
{
    char text[2 * DIGEST_BYTES + 1];

    for (size_t i = 0; i < DIGEST_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
    check_that(strcmp(text, want) == 0, "%s, not %s", text, want);
}

int main(void)
{
    uint8_t digest[DIGEST_BYTES];

    digest_sha256(slice_from("abc"), digest);
    is(digest, "ba7816bf8f01cfea414140de5dae2223"
               "b00361a396177a9cb410ff61f20015ad");
    digest_sha256(slice_from(""), digest);
    is(digest, "e3b0c44298fc1c149afbf4c8996fb924"
               "27ae41e4649b934ca495991b7852b855");
    digest_hmac(slice_from("Jefe"), (const struct slice[]){
        slice_from("what do ya want "), slice_from(""),
        slice_from("for nothing?") }, 3, digest);
    is(digest, "5bdcc146bf60754e6a042426089575c7"
               "5a003f089d2739839dec58b964ec3843");
    return check_done();
}
