/* SPDX-License-Identifier: Apache-2.0 */
/*
 * groups - a table of six.
 */
#include "langid/groups.h"

#include <stddef.h>
#include <string.h>

const char *groups_find(const char *label)
{
    static const char *const members[][2] = {
        { "bos_Latn", "hbs_Latn" }, { "hrv_Latn", "hbs_Latn" },
        { "srp_Latn", "hbs_Latn" }, { "nob_Latn", "gmq_Latn" },
        { "nno_Latn", "gmq_Latn" }, { "dan_Latn", "gmq_Latn" }
    };

    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (strcmp(members[i][0], label) == 0)
            return members[i][1];
    return NULL;
}
