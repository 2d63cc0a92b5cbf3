/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check.h - what every test program uses: check() and a seeded generator.
 *
 * A test program returns 0 when all its checks held, 1 at the first that did
 * not (it says where), 77 when it had to be skipped (it says why).  It must
 * call check_done(), which fails a program that checked nothing.
 */
#ifndef MLIN_TESTS_CHECK_H
#define MLIN_TESTS_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t check_count;

#define check(condition)                                                     \
    do {                                                                     \
        check_count++;                                                       \
        if (!(condition)) {                                                  \
            fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, \
                    #condition);                                             \
            exit(1);                                                         \
        }                                                                    \
    } while (0)

/* The same, with words for a person: check_that(a == b, "seed %u", seed). */
#define check_that(condition, ...)                                           \
    do {                                                                     \
        check_count++;                                                       \
        if (!(condition)) {                                                  \
            fprintf(stderr, "%s:%d: check failed: %s: ", __FILE__, __LINE__, \
                    #condition);                                             \
            fprintf(stderr, __VA_ARGS__);                                    \
            fputc('\n', stderr);                                             \
            exit(1);                                                         \
        }                                                                    \
    } while (0)

static inline int check_done(void)
{
    if (check_count == 0) {
        fprintf(stderr, "the test checked nothing\n");
        return 1;
    }
    printf("%llu checks\n", (unsigned long long)check_count);
    return 0;
}

/* Where the test data outside the project lies; ends the test when absent. */
static inline const char *check_data(void)
{
    const char *path = getenv("MLIN_DATA");

    if (!path || !*path) {
        printf("skipped: MLIN_DATA is not set\n");
        exit(77);
    }
    return path;
}

/* SplitMix64: the same seed gives the same numbers everywhere. */
struct random {
    uint64_t state;
};

static inline uint64_t random_next(struct random *random)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static inline uint64_t random_below(struct random *random, uint64_t limit)
{
    return random_next(random) % limit;
}

#endif
