/* SPDX-License-Identifier: Apache-2.0 */
/*
 * labels - which files of a directory are texts of a language, and their lines.
 * (What it dies of: tests/golden/langid-eval and tests/golden/fertility.)
 */
#include <string.h>
#include <unistd.h>

#include "src/fail.h"
#include "src/labels.h"
#include "tests/check.h"

static void file_make(const char *dir, const char *name)
{
    char *path = xprintf("%s/%s", dir, name);
    FILE *file = fopen(path, "w");

    check(file && fclose(file) == 0);
    free(path);
}

static void files_are_found_by_their_names(void)
{
    static const char *const names[] = {
        "hun_Latn.txt.zst", "ces_Latn.txt", "ell_Grek.txt.gz", "README.txt",
        "ces_Latn.tsv", "ces_Latn.txt.bz2", "ces_latn.txt", "cesk_Latn.txt",
        "ces_Latn.txt.gz.part", "ces", "ces_Latn", "srp_Cyrl.tsv"
    };
    char dir[] = "/tmp/mlin-labels-XXXXXX";
    struct labels_file *files;
    size_t count;

    check(mkdtemp(dir));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        file_make(dir, names[i]);
    files = labels_list(dir, "txt", &count);
    check(count == 3);
    check(strcmp(files[0].label, "ces_Latn") == 0);
    check(strcmp(files[1].label, "ell_Grek") == 0);
    check(strcmp(files[2].label, "hun_Latn") == 0);
    check(strcmp(strrchr(files[2].path, '/'), "/hun_Latn.txt.zst") == 0);
    labels_free(files, count);
    files = labels_list(dir, "tsv", &count);
    check(count == 2 && strcmp(files[1].label, "srp_Cyrl") == 0);
    labels_free(files, count);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = xprintf("%s/%s", dir, names[i]);

        check(unlink(path) == 0);
        free(path);
    }
    check(rmdir(dir) == 0);
}

static void lines_end_with_the_text_too(void)
{
    struct slice rest = slice_from("one\n\ntwo\r\nthree"), line;

    check(labels_line(&rest, &line) && slice_is(line, "one"));
    check(labels_line(&rest, &line) && line.len == 0);
    check(labels_line(&rest, &line) && slice_is(line, "two\r"));
    check(labels_line(&rest, &line) && slice_is(line, "three"));
    check(!labels_line(&rest, &line));
}

int main(void)
{
    files_are_found_by_their_names();
    lines_end_with_the_text_too();
    return check_done();
}
