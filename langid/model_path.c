/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model_path - look for the shipped model beside the program.
 */
#include "langid/model_path.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "src/fail.h"

/* The folder above the program's own, "/usr" for "/usr/bin/mlin"; fresh. */
static char *program_root(void)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);

    if (len <= 0)
        return NULL;
    path[len] = 0;
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(path, '/');

        if (!slash)
            return NULL;
        *slash = 0;
    }
    return xstrdup(path);
}

static char *shipped_path(void)
{
    static const char *const places[] = {
        "langid/models/europe.lid", "share/mlin/europe.lid"
    };
    char *root = program_root();

    if (!root)
        die("cannot tell where the language model is; give --model FILE");
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        char *path = xprintf("%s/%s", root, places[i]);

        if (access(path, F_OK) == 0) {
            free(root);
            return path;
        }
        free(path);
    }
    die("no language model: neither %s/%s nor %s/%s is there; give "
        "--model FILE or set MLIN_LANGID_MODEL", root, places[0], root,
        places[1]);
}

void model_open_or_die(struct model *model, const char *path)
{
    const char *named = path ? path : getenv("MLIN_LANGID_MODEL");
    char *found = named && *named ? xstrdup(named) : shipped_path();
    struct fault fault;

    if (!model_open(model, found, &fault)) {
        if (fault.at > 0)
            die("%s: %s (byte %zu)", found, fault.what, fault.at);
        die("%s: %s", found, fault.what);
    }
    free(found);
}
