/* SPDX-License-Identifier: Apache-2.0 */
/*
 * families.h - which languages are near relatives, for limits that are shared
 * between them.
 */
#ifndef MLIN_FILTERS_FAMILIES_H
#define MLIN_FILTERS_FAMILIES_H

#include <stdbool.h>

#include "src/slice.h"

/*
 * The branch of the language (of a label: "ces_Latn"), as Glottolog names it:
 * "Slavic"; NULL for one that is alone in it here, or not known.
 */
const char *families_of(struct slice label);

/* The four letters of the script, or an empty slice. */
struct slice families_script(struct slice label);

#endif
