/* SPDX-License-Identifier: Apache-2.0 */
/*
 * texts_close - close relatives among the classes, family by family.
 */
#include "langid/texts.h"

#include <stdlib.h>

#include "langid/groups.h"
#include "src/fail.h"

void texts_close(struct texts *close, const struct texts *all)
{
    size_t members[GROUPS_RELATIVES + 1] = { 0 };

    *close = (struct texts){ .kinds = TEXTS_LONG };
    for (size_t i = 0; i < all->count; i++)
        members[groups_relatives(all->classes[i].label)]++;
    for (size_t i = 0; i < all->count; i++) {
        unsigned family = groups_relatives(all->classes[i].label);
        struct texts_class *class;

        if (family == 0 || members[family] < 2)
            continue;
        close->classes = grow(close->classes, &close->cap, close->count + 1,
                              sizeof *close->classes);
        class = &close->classes[close->count];
        *class = all->classes[i];
        class->set = family;
        class->lane = (unsigned)close->count;
        close->count++;
        close->weights[close->count - 1] = close->count;
    }
    close->lanes = close->count;
}

void texts_close_free(struct texts *close)
{
    free(close->classes);
    *close = (struct texts){ 0 };
}
