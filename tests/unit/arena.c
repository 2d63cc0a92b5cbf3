/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena - allocations never overlap, are aligned, and last until the reset.
 */
#include "src/arena.h"

#include <stdalign.h>
#include <stddef.h>

#include "tests/check.h"

enum { PIECES = 300 };

struct piece {
    unsigned char *bytes;
    size_t len;
    unsigned char mark;
};

static size_t random_len(struct random *random)
{
    switch (random_below(random, 8)) {
    case 0:
        return 0;
    case 1:
        return random_below(random, 200000); /* larger than a block */
    default:
        return random_below(random, 300);
    }
}

/* Mark every piece with its number; all marks must be there at the end. */
static void pieces_stay(struct arena *arena, struct random *random)
{
    static struct piece pieces[PIECES];

    for (size_t i = 0; i < PIECES; i++) {
        struct piece *p = &pieces[i];

        p->len = random_len(random);
        p->mark = (unsigned char)(i + 1);
        p->bytes = i % 3 == 0 ? arena_zero(arena, 1, p->len)
                              : arena_alloc(arena, p->len);
        check(p->bytes != NULL);
        check((uintptr_t)p->bytes % alignof(max_align_t) == 0);
        for (size_t j = 0; i % 3 == 0 && j < p->len; j++)
            check(p->bytes[j] == 0);
        memset(p->bytes, p->mark, p->len);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t j = 0; j < pieces[i].len; j++)
            check(pieces[i].bytes[j] == pieces[i].mark);
}

static void copies(struct arena *arena)
{
    char text[] = "abc\0def";
    struct slice copy = arena_copy(arena, slice_make(text, 7));

    text[0] = 'X';
    check(copy.len == 7 && memcmp(copy.ptr, "abc\0def", 7) == 0);
    copy = arena_copy(arena, slice_make(NULL, 0));
    check(copy.len == 0);
}

int main(void)
{
    struct arena arena = { 0 };
    struct random random = { 17 };

    for (int round = 0; round < 10; round++) {
        pieces_stay(&arena, &random);
        copies(&arena);
        if (round % 4 == 3)
            arena_clear(&arena);
        else
            arena_reset(&arena);
    }
    arena_clear(&arena);
    arena_clear(&arena); /* as if new */
    return check_done();
}
