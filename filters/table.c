/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table - files of rows: how they are found, read and cut.
 */
#include "filters/table.h"

#include <stdlib.h>
#include <unistd.h>

#include "src/compress.h"
#include "src/fail.h"

struct slice table_cut(struct slice *from, char stop)
{
    const char *end = from->len ? memchr(from->ptr, stop, from->len) : NULL;
    struct slice head = { from->ptr, end ? (size_t)(end - from->ptr)
                                         : from->len };
    size_t gone = head.len;

    while (gone < from->len && from->ptr[gone] == stop)
        gone++;
    from->ptr += gone;
    from->len -= gone;
    return head;
}

bool table_next(struct slice *left, struct table_row *row)
{
    while (left->len > 0) {
        struct slice line = table_cut(left, '\n');

        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        row->rule = table_cut(&line, '\t');
        row->langs = table_cut(&line, '\t');
        row->value = line;
        return true;
    }
    return false;
}

/* DIR/NAME.SUFFIX, when it can be read; else NULL. */
static char *preset_in(const char *directory, const char *name,
                       const char *suffix)
{
    char *path = xprintf("%s/%s.%s", directory, name, suffix);

    if (access(path, R_OK) == 0)
        return path;
    free(path);
    return NULL;
}

/* Where presets are kept; NULL when there is none of that name. */
static char *preset_path(const char *name, const char *suffix)
{
    static const char *const places[] = { "../filters/rules",
                                          "../share/mlin/rules" };
    const char *given = getenv("MLIN_RULES");
    char program[4096], *path = NULL;
    ssize_t len;

    if (given && *given)
        return preset_in(given, name, suffix);
    len = readlink("/proc/self/exe", program, sizeof program - 1);
    while (len > 0 && program[len - 1] != '/')
        len--;
    if (len <= 0)
        return NULL;
    program[len] = '\0';
    for (size_t i = 0; !path && i < sizeof places / sizeof *places; i++) {
        char *directory = xprintf("%s%s", program, places[i]);

        path = preset_in(directory, name, suffix);
        free(directory);
    }
    return path;
}

char *table_find(const char *option, const char *name, const char *suffix)
{
    char *path = strpbrk(name, "/.") ? xstrdup(name)
                                     : preset_path(name, suffix);

    if (!path)
        usage_error("--%s: there is nothing called '%s' where mlin keeps its "
                    "rules; the path of a file has a slash or a dot: ./%s",
                    option, name, name);
    return path;
}

struct slice table_read(const char *path)
{
    enum { TABLE_MAX = 64 << 20 };
    struct fault fault;
    char *text;
    size_t len;

    if (!file_read(path, TABLE_MAX, &text, &len, &fault))
        die("%s: %s", path, fault.what);
    return slice_make(text, len);
}

size_t table_line(struct slice text, size_t at)
{
    size_t line = 1;

    for (size_t i = 0; i < at && i < text.len; i++)
        line += text.ptr[i] == '\n';
    return line;
}
