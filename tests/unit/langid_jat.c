/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid_jat - Serbian lines become Bosnian ones where the word lists say so,
 * and only there.
 */
#include "langid/jat.h"

#include <unistd.h>

#include "src/fail.h"
#include "tests/check.h"

static void write_file(const char *dir, const char *name, const char *text)
{
    char *path = xprintf("%s/%s", dir, name);
    FILE *file = fopen(path, "w");

    check(file != NULL);
    fputs(text, file);
    fclose(file);
    free(path);
}

static void check_line(const struct texts_class *class, size_t line,
                       const char *text)
{
    static struct features features;
    size_t from = class->lines[line].from;
    size_t len = class->lines[line + 1].from - from;

    features_read(&features, slice_from(text));
    check_that(features.len == len &&
                   memcmp(class->codes + from, features.codes, len) == 0,
               "line %zu is \"%s\"", line, text);
}

int main(void)
{
    char dir[] = "/tmp/langid_jat.XXXXXX";
    struct texts texts;
    const struct texts_class *bos;

    check(mkdtemp(dir) != NULL);
    write_file(dir, "bos_Latn.txt", "kahva u avliji\n");
    write_file(dir, "hrv_Latn.txt", "kruh na stolu\n");
    write_file(dir, "srp_Latn.txt", "lepo vreme, a ne kiša\nhleb na stolu\n"
                                    "deo opšteg plana\n");
    write_file(dir, "hrv_Latn.tsv", "lijepo\t900\nvrijeme\t2500\nne\t90000\n"
                                    "nije\t40000\ndio\t900\nopćeg\t100\n"
                                    "tje\t1\n");
    write_file(dir, "srp_Latn.tsv", "lepo\t900\nvreme\t2500\nne\t90000\n"
                                    "nije\t40000\ndeo\t900\nopšteg\t100\n"
                                    "lijepo\t9\na\t5000\n");
    texts_load(&texts, dir, NULL, dir, 2);
    bos = &texts.classes[0];
    check(strcmp(bos->label, "bos_Latn") == 0);
    check(bos->line_count == 3);
    check_line(bos, 0, "kahva u avliji");
    check_line(bos, 1, "lijepo vrijeme, a ne kiša");
    check_line(bos, 2, "dio općeg plana");
    texts_free(&texts);
    return check_done();
}
