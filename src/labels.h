/* SPDX-License-Identifier: Apache-2.0 */
/*
 * labels.h - directories of text by language: DIR/<label>.txt[.gz|.zst], a
 * label being an ISO 639-3 code, "_" and an ISO 15924 code ("ces_Latn").
 */
#ifndef MLIN_LABELS_H
#define MLIN_LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "src/slice.h"

enum { LABELS_LEN = 8 };

struct labels_file {
    char *path;
    char label[LABELS_LEN + 1];
};

/*
 * The files DIR/<label>.<suffix>[.gz|.zst], sorted by label, in fresh memory;
 * other names are passed over.  Dies when the directory cannot be read, has no
 * such file, or has two for one label.
 */
struct labels_file *labels_list(const char *dir, const char *suffix,
                                size_t *count);
void labels_free(struct labels_file *files, size_t count);

/* Is there a file for the label? */
bool labels_has(const struct labels_file *files, size_t count,
                const char *label);

/* Cut the next line, without its end, off *rest; false when nothing is left. */
bool labels_line(struct slice *rest, struct slice *line);

#endif
