/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hashset - a set of hashes is a set, at any size, and as large as it says.
 */
#include "src/hashset.h"

#include "tests/check.h"

static struct hash128 key(uint64_t high, uint64_t low)
{
    return (struct hash128){ high, low };
}

static void odd_keys_are_keys(void)
{
    struct hashset set = { 0 };

    check(!hashset_has(&set, key(0, 0)));
    check(hashset_add(&set, key(0, 0)));
    check(!hashset_add(&set, key(0, 0)));
    check(hashset_has(&set, key(0, 0)));
    check(hashset_add(&set, key(0, 1)));
    check(hashset_add(&set, key(1, 0)));
    check(!hashset_add(&set, key(0, 1)));
    check(!hashset_has(&set, key(1, 1)));
    check(hashset_count(&set) == 3);
    hashset_clear(&set);
    check(hashset_count(&set) == 0 && hashset_bytes(&set) == 0);
    check(!hashset_has(&set, key(0, 0)));
}

/* Keys that all want the same slot are found none the less. */
static void colliding_keys_are_kept_apart(void)
{
    struct hashset set = { 0 };

    for (uint64_t i = 0; i < 1000; i++)
        check(hashset_add(&set, key(i, 7)));
    for (uint64_t i = 0; i < 1000; i++)
        check(!hashset_add(&set, key(i, 7)));
    check(!hashset_has(&set, key(1000, 7)));
    check(hashset_count(&set) == 1000);
    hashset_clear(&set);
}

/* The generator gives a number twice only after 2^64 others. */
static void a_million_keys_fit_the_formula(void)
{
    struct hashset set = { 0 };
    struct random random = { 1 };
    uint64_t count = 1000000;

    for (uint64_t i = 0; i < count; i++) {
        uint64_t high = random_next(&random), low = random_next(&random);
        uint64_t more = hashset_more(&set, key(high, low));
        uint64_t before = hashset_bytes(&set), added;

        check(hashset_add(&set, key(high, low)));
        added = hashset_bytes(&set) - before;
        check(added <= more && added >= more / 2);
        if (i % 1000 == 0 && i > 20000)
            check(hashset_bytes(&set) >= 21 * i &&
                  hashset_bytes(&set) <= 43 * (i + i / 10));
    }
    random.state = 1;
    for (uint64_t i = 0; i < count; i++) {
        uint64_t high = random_next(&random), low = random_next(&random);

        check(!hashset_add(&set, key(high, low)));
    }
    check(hashset_count(&set) == count);
    check(!hashset_has(&set, key(random_next(&random), 0)));
    hashset_clear(&set);
}

int main(void)
{
    odd_keys_are_keys();
    colliding_keys_are_kept_apart();
    a_million_keys_fit_the_formula();
    return check_done();
}
