/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_crypto - addresses of cryptocurrencies.
 *
 * base58check: Bitcoin, Litecoin, Dogecoin, Dash, Tron, Ripple and their kin:
 * 25 bytes, of which the last four are the beginning of SHA-256 twice of the
 * others.  bech32 and bech32m (BIP 173, BIP 350), whose checksum is a
 * polynomial: bc1, ltc1, tb1.  Ethereum: 0x and 40 hexadecimal digits, not
 * checked.  Monero: 95 characters of base58 that begin with 4 or 8, not
 * checked.
 */
#include <string.h>

#include "filters/pii.h"
#include "src/digest.h"

enum { ADDRESS_BYTES = 25, CHECK_BYTES = 4, MONERO = 95 };

static const char base58[] =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/* Ripple has another order. */
static const char ripple[] =
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
static const char bech32[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/* The number that the characters are, in 25 bytes; false if it is not one. */
static bool decode(struct slice word, const char *alphabet,
                   uint8_t bytes[ADDRESS_BYTES])
{
    memset(bytes, 0, ADDRESS_BYTES);
    for (size_t i = 0; i < word.len; i++) {
        const char *place = strchr(alphabet, word.ptr[i]);
        unsigned carry;

        if (!place || word.ptr[i] == '\0')
            return false;
        carry = (unsigned)(place - alphabet);
        for (size_t k = ADDRESS_BYTES; k-- > 0;) {
            carry += bytes[k] * 58u;
            bytes[k] = (uint8_t)carry;
            carry >>= 8;
        }
        if (carry > 0)
            return false;
    }
    return true;
}

static bool is_base58check(struct slice word, const char *alphabet)
{
    uint8_t bytes[ADDRESS_BYTES], once[DIGEST_BYTES], twice[DIGEST_BYTES];

    if (!decode(word, alphabet, bytes))
        return false;
    digest_sha256(slice_make((const char *)bytes,
                             ADDRESS_BYTES - CHECK_BYTES), once);
    digest_sha256(slice_make((const char *)once, DIGEST_BYTES), twice);
    return memcmp(bytes + ADDRESS_BYTES - CHECK_BYTES, twice, CHECK_BYTES) ==
           0;
}

static uint32_t polymod(uint32_t check, uint32_t value)
{
    static const uint32_t generator[] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                          0x3d4233dd, 0x2a1462b3 };
    uint32_t top = check >> 25;

    check = (check & 0x1ffffff) << 5 ^ value;
    for (int i = 0; i < 5; i++)
        check ^= top >> i & 1 ? generator[i] : 0;
    return check;
}

/* All in one case: a prefix, a 1, and 8 to 71 characters. */
static bool is_bech32(struct slice word)
{
    static const char *const prefixes[] = { "bc1", "tb1", "ltc1" };
    char small[91];
    bool has_small = false, has_capital = false, has_prefix = false;
    uint32_t check = 1;
    size_t one = 0;

    if (word.len < 14 || word.len > 90)
        return false;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];

        has_small |= c >= 'a' && c <= 'z';
        has_capital |= c >= 'A' && c <= 'Z';
        small[i] = (char)(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
    }
    small[word.len] = '\0';
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(small, prefixes[i], strlen(prefixes[i])) == 0) {
            has_prefix = true;
            one = strlen(prefixes[i]) - 1;
        }
    if (!has_prefix || (has_small && has_capital))
        return false;
    for (size_t i = 0; i < one; i++)
        check = polymod(check, (uint32_t)small[i] >> 5);
    check = polymod(check, 0);
    for (size_t i = 0; i < one; i++)
        check = polymod(check, small[i] & 31);
    for (size_t i = one + 1; i < word.len; i++) {
        const char *place = strchr(bech32, small[i]);

        if (!place)
            return false;
        check = polymod(check, (uint32_t)(place - bech32));
    }
    return check == 1 || check == 0x2bc830a3;
}

static bool is_ethereum(struct slice word)
{
    if (word.len != 42 || word.ptr[0] != '0' || word.ptr[1] != 'x')
        return false;
    for (size_t i = 2; i < word.len; i++) {
        char c = (char)(word.ptr[i] | 0x20);

        if (!pii_is_digit(word.ptr[i]) && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return true;
}

static bool is_monero(struct slice word)
{
    bool has_digit = false, has_small = false, has_capital = false;

    if (word.len != MONERO || (word.ptr[0] != '4' && word.ptr[0] != '8'))
        return false;
    for (size_t i = 0; i < word.len; i++) {
        if (!strchr(base58, word.ptr[i]))
            return false;
        has_digit |= pii_is_digit(word.ptr[i]);
        has_small |= word.ptr[i] >= 'a';
        has_capital |= word.ptr[i] >= 'A' && word.ptr[i] <= 'Z';
    }
    return has_digit && has_small && has_capital;
}

size_t pii_crypto(struct slice text, size_t at)
{
    struct slice word = { text.ptr + at, 0 };

    while (word.len <= MONERO && pii_is_alnum(pii_at(text, at + word.len)))
        word.len++;
    if (word.len < 25 || word.len > MONERO)
        return 0;
    if (is_ethereum(word) || is_monero(word) || is_bech32(word))
        return at + word.len;
    if (word.len <= 35 && (strchr("13LMDXTAt", word.ptr[0])
                               ? is_base58check(word, base58)
                               : word.ptr[0] == 'r' &&
                                     is_base58check(word, ripple)))
        return at + word.len;
    return 0;
}
