/* SPDX-License-Identifier: Apache-2.0 */
/*
 * counts_spill - tables that grew too large, as .cnt files in a folder beside
 * the output: OUT.spill/0.cnt, 1.cnt, ...
 *
 * Workers share nothing but the folder: who makes the empty file of a number
 * has that number.  The folder is made with the first run and removed at the
 * end; one that a killed run left behind is removed first.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/output.h"
#include "tokenizer/counts.h"

struct counts_spill {
    char *folder;
};

/* DIGITS.cnt or DIGITS.cnt.part: nothing else there is ours to remove. */
static bool is_run(const char *name)
{
    size_t digits = strspn(name, "0123456789");

    return digits > 0 && (strcmp(name + digits, ".cnt") == 0 ||
                          strcmp(name + digits, ".cnt.part") == 0);
}

static void folder_remove(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;

    if (!dir)
        return;
    while ((entry = readdir(dir)))
        if (is_run(entry->d_name)) {
            char *path = xprintf("%s/%s", folder, entry->d_name);

            unlink(path);
            free(path);
        }
    closedir(dir);
    rmdir(folder); /* stays when something else is in it */
}

struct counts_spill *counts_spill_open(const char *out)
{
    struct counts_spill *spill;
    struct stat stat_now;

    if (strcmp(out, "-") == 0 ||
        (stat(out, &stat_now) == 0 && !S_ISREG(stat_now.st_mode)))
        return NULL;
    spill = xcalloc(1, sizeof *spill);
    spill->folder = xprintf("%s.spill", out);
    folder_remove(spill->folder);
    return spill;
}

static char *run_name(const struct counts_spill *spill, size_t run)
{
    return xprintf("%s/%zu.cnt", spill->folder, run);
}

char *counts_spill_name(const struct counts_spill *spill, size_t *next)
{
    output_make_directory(spill->folder);
    for (;;) {
        char *path = run_name(spill, (*next)++);
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

        if (fd >= 0) {
            close(fd);
            return path;
        }
        if (errno != EEXIST)
            die("cannot write %s: %s", path, strerror(errno));
        free(path);
    }
}

void counts_spill_add(const struct counts_spill *spill, size_t *next,
                      struct counts *const *tables, size_t count,
                      size_t threads, const char *pretokenizer)
{
    char *path = counts_spill_name(spill, next);

    counts_write(tables, count, threads, pretokenizer, path);
    for (size_t i = 0; i < count; i++)
        counts_clear(tables[i]);
    free(path);
}

/* Numbers are taken without gaps: each taker has seen that all before are. */
size_t counts_spill_count(const struct counts_spill *spill)
{
    for (size_t run = 0;; run++) {
        char *path = run_name(spill, run);
        bool is_there = access(path, F_OK) == 0;

        free(path);
        if (!is_there)
            return run;
    }
}

void counts_spill_merge(const struct counts_spill *spill, const char *out,
                        size_t at_once)
{
    size_t count = counts_spill_count(spill);
    const char **files = xmalloc(count * sizeof *files + 1);

    for (size_t i = 0; i < count; i++)
        files[i] = run_name(spill, i);
    counts_merge(out, files, count, at_once, spill);
    for (size_t i = 0; i < count; i++)
        free((char *)files[i]);
    free(files);
}

void counts_spill_close(struct counts_spill *spill)
{
    if (!spill)
        return;
    folder_remove(spill->folder);
    free(spill->folder);
    free(spill);
}
