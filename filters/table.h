/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table.h - the tables of filters/rules: found by name, and cut into rows.
 *
 *     # comment
 *     min_words  *  50
 *
 * Columns are parted by one tab or more; # begins a comment line.
 */
#ifndef MLIN_FILTERS_TABLE_H
#define MLIN_FILTERS_TABLE_H

#include <stdbool.h>

#include "src/slice.h"

struct table_row {
    struct slice rule, langs, value; /* the third takes the rest of the line */
};

/* The next row that is not empty or a comment; false at the end. */
bool table_next(struct slice *left, struct table_row *row);

/* Cut the bytes up to `stop`, and all further `stop`s, off the front. */
struct slice table_cut(struct slice *from, char stop);

/*
 * The path of the preset or file that --OPTION names: a name with a slash or a
 * dot is a file's, any other is looked for as NAME.SUFFIX where MLIN_RULES
 * says, or beside the program as built or as installed.  A usage error when
 * there is none of that name.  Caller frees.
 */
char *table_find(const char *option, const char *name, const char *suffix);

/* The whole file; dies when it cannot be read.  Caller frees ptr. */
struct slice table_read(const char *path);

/* Which line of the file (1, 2, ...) the byte stands in. */
size_t table_line(struct slice text, size_t at);

#endif
