/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main - the list of all tools.  Nothing else names them.
 */
#include <stdio.h>

#include "src/charclass.h"
#include "src/compress.h"
#include "src/digest.h"
#include "src/fail.h"
#include "src/hash.h"
#include "src/output.h"
#include "src/regex.h"
#include "src/run.h"
#include "src/store.h"
#include "src/tool.h"
#include "src/unicode.h"

extern const struct stage read_stage, langid_stage, normalize_stage,
    redact_stage, quality_stage, calibrate_stage, rules_lint_stage,
    dedup_stage, lookup_stage, minhash_stage, drop_stage,
    decontaminate_stage, sample_stage, count_stage, encode_stage;
extern const struct command langid_train_command, langid_eval_command,
    cluster_command, index_command, charlm_train_command, stopwords_command,
    train_command, decode_command, export_command,
    fertility_command, audit_command;
static const struct command version_command, help_command;

#ifdef MLIN_TEST_STAGES
extern const struct stage jitter_stage;
#endif

static const struct stage *const stages[] = {
    &read_stage,
    &langid_stage,
    &normalize_stage,
    &redact_stage,
    &quality_stage,
    &calibrate_stage,
    &rules_lint_stage,
    &dedup_stage,
    &lookup_stage,
    &minhash_stage,
    &drop_stage,
    &decontaminate_stage,
    &sample_stage,
    &count_stage,
    &encode_stage,
#ifdef MLIN_TEST_STAGES
    &jitter_stage,
#endif
    NULL
};

static const struct command *const commands[] = {
    &cluster_command,
    &index_command,
    &charlm_train_command,
    &stopwords_command,
    &train_command,
    &decode_command,
    &export_command,
    &fertility_command,
    &langid_train_command,
    &langid_eval_command,
    &audit_command,
    &run_command,
    &version_command,
    &help_command,
    NULL
};

static int version_run(void *self, const char *const *operands, size_t count)
{
    (void)self;
    if (count > 0)
        usage_error("%s: version takes no operands", operands[0]);
    printf("mlin 0.1.0\n"
           "ICU %s (Unicode %s)\n"
           "character classes: Unicode %s\n"
           "PCRE2 %s (Unicode %s)\n"
           "SQLite %s\n"
           "zlib %s\n"
           "zstd %s\n"
           "xxHash %s\n"
           "nettle %s\n",
           unicode_icu_version(), unicode_version(), charclass_version,
           regex_version(), regex_unicode_version(),
           store_sqlite_version(), compress_zlib_version(),
           compress_zstd_version(), hash_version(), digest_version());
    return 0;
}

static const struct command version_command = {
    .name = "version",
    .summary = "print the versions of mlin and of the libraries it uses",
    .operands = "",
    .run = version_run,
};

static void print_overview(void)
{
    printf("mlin - the multilingual mill: raw text in, audited token shards "
           "out\n\nusage: mlin TOOL [OPTION...] [FILE...]\n\n"
           "Stages (documents in, documents out; join them by pipes or with "
           "mlin run):\n");
    for (size_t i = 0; stages[i]; i++)
        printf("  %-14s%s\n", stages[i]->name, stages[i]->summary);
    printf("\nCommands:\n");
    for (size_t i = 0; commands[i]; i++)
        printf("  %-14s%s\n", commands[i]->name, commands[i]->summary);
    printf("\nmlin TOOL --help tells a tool's options.\n");
}

static int help_run(void *self, const char *const *operands, size_t count)
{
    (void)self;
    if (count == 0)
        print_overview();
    for (size_t i = 0; i < count; i++) {
        if (!tool_stage(operands[i]) && !tool_command(operands[i]))
            usage_error("there is no tool called '%s'", operands[i]);
        tool_help(operands[i]);
    }
    return 0;
}

static const struct command help_command = {
    .name = "help",
    .summary = "list the tools, or tell the options of one",
    .operands = "[TOOL...]",
    .run = help_run,
};

int main(int argc, char **argv)
{
    static const struct tools tools = { stages, commands };
    static const char *const help[] = { "help" }, *const version[] = {
        "version"
    };
    const char *const *words = (const char *const *)argv + 1;
    int status;

    tool_register(&tools);
    if (argc < 2) {
        print_overview();
        return 2;
    }
    if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0)
        words = help, argc = 2;
    else if (strcmp(words[0], "--version") == 0)
        words = version, argc = 2;
    status = tool_main(words, (size_t)argc - 1);
    if (fflush(stdout) != 0 || ferror(stdout))
        die("stdout: cannot write");
    return status;
}
