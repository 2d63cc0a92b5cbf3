/* SPDX-License-Identifier: Apache-2.0 */
/*
 * groups - a table.
 */
#include "langid/groups.h"

#include <stddef.h>
#include <string.h>

struct member {
    const char *label, *group;
    unsigned relatives;
};

static const struct member *find(const char *label)
{
    static const struct member members[] = {
        { "bos_Latn", "hbs_Latn", 0 }, { "hrv_Latn", "hbs_Latn", 0 },
        { "srp_Latn", "hbs_Latn", 0 }, { "dan_Latn", "gmq_Latn", 1 },
        { "nno_Latn", "gmq_Latn", 1 }, { "nob_Latn", "gmq_Latn", 1 },
        { "swe_Latn", NULL, 1 }, { "deu_Latn", NULL, 2 },
        { "ltz_Latn", NULL, 2 }, { "fao_Latn", NULL, 3 },
        { "isl_Latn", NULL, 3 }
    };

    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (strcmp(members[i].label, label) == 0)
            return &members[i];
    return NULL;
}

const char *groups_find(const char *label)
{
    const struct member *member = find(label);

    return member ? member->group : NULL;
}

unsigned groups_relatives(const char *label)
{
    const struct member *member = find(label);

    return member ? member->relatives : 0;
}
