/* SPDX-License-Identifier: Apache-2.0 */
/*
 * files - opendir and pread, and all that can go wrong with them.
 */
#include "src/files.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

void files_each(const char *folder, const char *end,
                void (*use)(void *context, char *path), void *context)
{
    size_t end_len = strlen(end);
    DIR *directory = opendir(folder);
    const struct dirent *entry;

    if (!directory)
        die("%s: cannot read the directory: %s", folder, strerror(errno));
    while ((entry = readdir(directory))) {
        size_t len = strlen(entry->d_name);

        if (len > end_len && strcmp(entry->d_name + len - end_len, end) == 0)
            use(context, xprintf("%s/%s", folder, entry->d_name));
    }
    closedir(directory);
}

bool files_read_at(int fd, void *bytes, size_t len, uint64_t at,
                   struct fault *fault)
{
    size_t got = 0;

    while (got < len) {
        ssize_t n = pread(fd, (char *)bytes + got, len - got,
                          (off_t)(at + got));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return refuse(fault, strerror(errno), at + got);
        if (n == 0)
            return refuse(fault, "the file has become shorter", at + got);
        got += (size_t)n;
    }
    return true;
}
