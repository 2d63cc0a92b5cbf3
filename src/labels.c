/* SPDX-License-Identifier: Apache-2.0 */
/*
 * labels - find the files of a directory that are named for a label.
 */
#include "src/labels.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "src/fail.h"

static bool all_between(const char *text, size_t count, char low, char high)
{
    for (size_t i = 0; i < count; i++)
        if (text[i] < low || text[i] > high)
            return false;
    return true;
}

/* "ces_Latn.txt", "ces_Latn.txt.gz" or "ces_Latn.txt.zst" for "txt". */
static bool name_fits(const char *name, const char *suffix)
{
    struct slice rest;

    if (!all_between(name, 3, 'a', 'z') || name[3] != '_' ||
        !all_between(name + 4, 1, 'A', 'Z') ||
        !all_between(name + 5, 3, 'a', 'z') || name[LABELS_LEN] != '.')
        return false;
    rest = slice_from(name + LABELS_LEN + 1);
    if (rest.len < strlen(suffix) ||
        memcmp(rest.ptr, suffix, strlen(suffix)) != 0)
        return false;
    rest = slice_from(rest.ptr + strlen(suffix));
    return rest.len == 0 || slice_is(rest, ".gz") || slice_is(rest, ".zst");
}

static int file_compare(const void *a, const void *b)
{
    const struct labels_file *x = a, *y = b;

    return strcmp(x->label, y->label);
}

struct labels_file *labels_list(const char *dir, const char *suffix,
                                size_t *count)
{
    DIR *stream = opendir(dir);
    struct labels_file *files = NULL;
    struct dirent *entry;
    size_t cap = 0;

    *count = 0;
    if (!stream)
        die("%s: %s", dir, strerror(errno));
    while ((entry = readdir(stream))) {
        struct labels_file *file;

        if (!name_fits(entry->d_name, suffix))
            continue;
        files = grow(files, &cap, *count + 1, sizeof *files);
        file = &files[(*count)++];
        file->path = xprintf("%s/%s", dir, entry->d_name);
        memcpy(file->label, entry->d_name, LABELS_LEN);
        file->label[LABELS_LEN] = 0;
    }
    closedir(stream);
    if (*count == 0)
        die("%s: no file <label>.%s[.gz|.zst] in it (a label: ces_Latn)", dir,
            suffix);
    qsort(files, *count, sizeof *files, file_compare);
    for (size_t i = 1; i < *count; i++)
        if (file_compare(&files[i - 1], &files[i]) == 0)
            die("%s: a second file for %s", files[i].path, files[i].label);
    return files;
}

void labels_free(struct labels_file *files, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(files[i].path);
    free(files);
}

bool labels_has(const struct labels_file *files, size_t count,
                const char *label)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].label, label) == 0)
            return true;
    return false;
}

bool labels_line(struct slice *rest, struct slice *line)
{
    const char *end;

    if (rest->len == 0)
        return false;
    end = memchr(rest->ptr, '\n', rest->len);
    *line = slice_make(rest->ptr, end ? (size_t)(end - rest->ptr) : rest->len);
    rest->ptr += line->len + (end != NULL);
    rest->len -= line->len + (end != NULL);
    return true;
}
