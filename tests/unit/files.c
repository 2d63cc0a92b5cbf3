/* SPDX-License-Identifier: Apache-2.0 */
/*
 * files - names that end alike are found, and bytes are read up to the end of a
 * file and not past it.
 */
#include "src/files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/check.h"

struct found {
    const char *folder;
    size_t count;
    bool has_one, has_two;
};

static void take(void *context, char *path)
{
    struct found *found = context;
    const char *name = path + strlen(found->folder) + 1;

    found->count++;
    found->has_one |= strcmp(name, "one.mh") == 0;
    found->has_two |= strcmp(name, ".two.mh") == 0;
    free(path);
}

static void make(const char *folder, const char *name)
{
    char *path = xprintf("%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);

    check(fd >= 0 && write(fd, "0123456789", 10) == 10 && close(fd) == 0);
    free(path);
}

static void names_are_found(const char *folder)
{
    static const char *const names[] = { "one.mh", ".two.mh", ".mh", "mh",
                                         "one.mh.part" };
    struct found found = { .folder = folder };

    files_each(folder, ".mh", take, &found);
    check(found.count == 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        make(folder, names[i]);
    files_each(folder, ".mh", take, &found);
    check(found.count == 2 && found.has_one && found.has_two);
}

static void bytes_are_read(const char *folder)
{
    char *path = xprintf("%s/one.mh", folder);
    int fd = open(path, O_RDONLY);
    struct fault fault = { 0 };
    char bytes[11] = { 0 };

    check(fd >= 0);
    check(files_read_at(fd, bytes, 10, 0, &fault) &&
          memcmp(bytes, "0123456789", 10) == 0);
    check(files_read_at(fd, bytes, 3, 7, &fault) &&
          memcmp(bytes, "789", 3) == 0);
    check(files_read_at(fd, bytes, 0, 99, &fault));
    check(fault.what == NULL);
    check(!files_read_at(fd, bytes, 4, 7, &fault));
    check(fault.what != NULL && fault.at == 10);
    close(fd);
    check(!files_read_at(fd, bytes, 1, 3, &fault) && fault.at == 3);
    free(path);
}

static void remove_all(const char *folder)
{
    char *command = xprintf("rm -r %s", folder);

    check(system(command) == 0);
    free(command);
}

int main(void)
{
    char folder[] = "/tmp/mlin-files-XXXXXX";

    check(mkdtemp(folder) != NULL);
    names_are_found(folder);
    bytes_are_read(folder);
    remove_all(folder);
    return check_done();
}
