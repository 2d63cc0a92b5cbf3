/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid_dev - the shipped model, measured by langid-eval on held-out texts:
 * macro-F1 of at least 0.97 over all labels.  Needs MLIN_DATA.
 */
#include <unistd.h>

#include "src/fail.h"
#include "src/stage.h"
#include "tests/check.h"

extern const struct command langid_eval_command;

int main(void)
{
    char *dir = xprintf("%s/langid/dev", check_data());
    char *out = xprintf("/tmp/langid_dev.%ld.tsv", (long)getpid());
    const char *argv[] = { "--model", "langid/models/europe.lid", "--tsv",
                           "--out", out, dir };
    void *eval = xcalloc(1, langid_eval_command.size);
    struct option_list operands = { 0 };
    char line[256];
    double f1 = -1.0;
    size_t labels = 0;
    FILE *file;

    if (access(dir, R_OK) != 0) {
        printf("skipped: %s is not there\n", dir);
        return 77;
    }
    options_preset(langid_eval_command.options, eval);
    options_parse(langid_eval_command.options, eval, NULL, NULL, argv,
                  sizeof argv / sizeof argv[0], &operands);
    check(langid_eval_command.run(eval, operands.items, operands.count) == 0);
    option_list_clear(&operands);
    free(eval);
    file = fopen(out, "r");
    check(file != NULL);
    while (fgets(line, sizeof line, file)) {
        labels += strncmp(line, "label\t", 6) == 0;
        if (strncmp(line, "macro_f1\t", 9) == 0)
            f1 = strtod(line + 9, NULL);
    }
    fclose(file);
    unlink(out);
    free(out);
    free(dir);
    printf("macro-F1 %.4f over %zu labels\n", f1, labels);
    check(labels == 61);
    check_that(f1 >= 0.97 && f1 <= 1.0, "macro-F1 is %.4f", f1);
    return check_done();
}
