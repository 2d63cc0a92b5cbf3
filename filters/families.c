/* SPDX-License-Identifier: Apache-2.0 */
/*
 * families - a list for each branch.
 */
#include "filters/families.h"

#include <stddef.h>

static const struct {
    const char *name, *languages; /* ISO 639-3, parted by blanks */
} families[] = {
    { "Germanic", "deu nld eng dan swe nob nno isl fao ltz fry afr lim nds yid "
                  "sco gsw" },
    { "Romance", "fra spa por ita ron cat glg oci ast srd fur roh lat arg wln "
                 "lmo vec scn" },
    { "Slavic", "pol ces slk slv hrv bos srp bul mkd ukr rus bel hsb dsb szl "
                "rue" },
    { "Baltic", "lit lav lvs ltg sgs" },
    { "Uralic", "fin est ekk hun sme smj sma vro liv" },
    { "Celtic", "gle gla cym bre cor glv" },
    { "Turkic", "tur aze azj kaz tat crh gag" },
    { "Semitic", "mlt ara arb heb" },
};

const char *families_of(struct slice label)
{
    if (label.len < 3)
        return NULL;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        for (const char *at = families[i].languages; *at;
             at += at[3] ? 4 : 3)
            if (memcmp(at, label.ptr, 3) == 0)
                return families[i].name;
    return NULL;
}

struct slice families_script(struct slice label)
{
    if (label.len != 8 || label.ptr[3] != '_')
        return (struct slice){ 0 };
    return slice_make(label.ptr + 4, 4);
}
