/* SPDX-License-Identifier: Apache-2.0 */
/*
 * options - every form that is accepted, every mistake with its message.
 */
#include "src/options.h"

#include <string.h>

#include "src/fail.h"
#include "tests/check.h"
#include "tests/child.h"

struct tool {
    bool near, loud;
    const char *out, *form;
    uint64_t min, batch;
    double rate;
    struct option_list special;
};

struct common {
    uint64_t threads;
    uint64_t min; /* hidden by the tool's own --min */
};

static const struct option tool_options[] = {
    { "near", OPTION_FLAG, offsetof(struct tool, near), NULL, NULL,
      "also drop documents that are almost copies" },
    { "loud", OPTION_FLAG, offsetof(struct tool, loud), NULL, NULL, "shout" },
    { "out", OPTION_TEXT, offsetof(struct tool, out), NULL, "FILE",
      "write here" },
    { "form", OPTION_TEXT, offsetof(struct tool, form), "NFC", NULL,
      "normal form" },
    { "min", OPTION_COUNT, offsetof(struct tool, min), "3", NULL,
      "fewest words" },
    { "batch", OPTION_BYTES, offsetof(struct tool, batch), "4M", NULL,
      "bytes of a batch" },
    { "rate", OPTION_NUMBER, offsetof(struct tool, rate), "0.5", NULL,
      "share to keep" },
    { "special", OPTION_LIST, offsetof(struct tool, special), NULL, "TOKEN",
      "a special token" },
    { 0 }
};

static const struct option common_options[] = {
    { "threads", OPTION_COUNT, offsetof(struct common, threads), NULL, NULL,
      "how many" },
    { "min", OPTION_COUNT, offsetof(struct common, min), "9", NULL, "hidden" },
    { 0 }
};

struct parsed {
    struct tool tool;
    struct common common;
    struct option_list operands;
};

/* Words live as long as the run, and so do the lists that hold them. */
static struct option_list *list_new(void)
{
    static struct option_list lists[100];
    static size_t count;

    check(count < 100);
    return &lists[count++];
}

/* Parse a line whose words are parted as in a pipeline file. */
static void parse(const char *line, struct parsed *parsed)
{
    struct option_list *words = list_new();
    struct fault fault;

    *parsed = (struct parsed){ 0 };
    check(options_split(line, strlen(line), words, &fault));
    options_preset(tool_options, &parsed->tool);
    options_preset(common_options, &parsed->common);
    options_parse(tool_options, &parsed->tool, common_options,
                  &parsed->common, words->items, words->count,
                  &parsed->operands);
}

static void parse_in_child(void *line)
{
    struct parsed parsed;

    parse(line, &parsed);
}

static void expect_usage(const char *line, const char *message)
{
    char said[4096];
    int status =
        child_run(parse_in_child, (void *)(uintptr_t)line, STDERR_FILENO, said);

    check_that(status == 2, "%s: status %d", line, status);
    check_that(strstr(said, message), "%s: said %s", line, said);
}

static void presets(void)
{
    struct parsed p;

    parse("", &p);
    check(!p.tool.near && !p.tool.loud && !p.tool.out);
    check(strcmp(p.tool.form, "NFC") == 0);
    check(p.tool.min == 3 && p.tool.batch == 4 << 20 && p.tool.rate == 0.5);
    check(p.tool.special.count == 0 && p.operands.count == 0);
    check(p.common.threads == 0 && p.common.min == 9);
}

static void accepted(void)
{
    struct parsed p;

    parse("a --near --min 7 --min=8 -o x - --rate=1e-3 --threads 12 b", &p);
    check(p.tool.near && !p.tool.loud && p.tool.min == 8);
    check(p.common.threads == 12 && p.common.min == 9);
    check(strcmp(p.tool.out, "x") == 0 && p.tool.rate == 0.001);
    check(p.operands.count == 3);
    check(strcmp(p.operands.items[1], "-") == 0);
    option_list_clear(&p.operands);
    parse("--special '<|a b|>' --special=--x=y --form= -- --near -o", &p);
    check(p.tool.special.count == 2);
    check(strcmp(p.tool.special.items[0], "<|a b|>") == 0);
    check(strcmp(p.tool.special.items[1], "--x=y") == 0);
    check(strcmp(p.tool.form, "") == 0 && !p.tool.near);
    check(p.operands.count == 2);
    option_list_clear(&p.operands);
    option_list_clear(&p.tool.special);
    check(p.tool.special.count == 0 && !p.tool.special.items);
    parse("--out - --batch 3K --min 18446744073709551615 --rate .25", &p);
    check(strcmp(p.tool.out, "-") == 0 && p.tool.batch == 3072);
    check(p.tool.min == UINT64_MAX && p.tool.rate == 0.25);
    parse("--batch=17179869183G", &p);
    check(p.tool.batch == 17179869183u << 30);
}

static void refused(void)
{
    expect_usage("--minn 3", "unknown option --minn (did you mean --min?)");
    expect_usage("--thraeds=3", "--thraeds (did you mean --threads?)");
    expect_usage("--zebra", "unknown option --zebra (--help lists them)");
    expect_usage("-x", "unknown option -x");
    expect_usage("-out x", "unknown option -out (did you mean --out?)");
    expect_usage("--help", "--help does not belong here");
    expect_usage("--=x", "unknown option --");
    expect_usage("--near=yes", "--near takes no value ('yes' was given)");
    expect_usage("--near=", "--near takes no value");
    expect_usage("--out", "--out needs a value: FILE");
    expect_usage("--min --near", "--min needs a value: N");
    expect_usage("--min", "--min needs a value: N");
    expect_usage("--min abc", "--min: 'abc' is not a whole number");
    expect_usage("--min ''", "--min: '' is not a whole number");
    expect_usage("--min 1.5", "--min: '1.5' is not a whole number");
    expect_usage("--min 1K", "--min: '1K' is not a whole number");
    expect_usage("--min -1", "--min: '-1' is negative");
    expect_usage("--min 18446744073709551616",
                 "--min: '18446744073709551616' is too large");
    expect_usage("--batch 17179869184G", "'17179869184G' is too large");
    expect_usage("--batch 12kB", "--batch: '12kB' is not a size");
    expect_usage("--batch K", "--batch: 'K' is not a size");
    expect_usage("--rate abc", "--rate: 'abc' is not a number");
    expect_usage("--rate nan", "--rate: 'nan' is not a number");
    expect_usage("--rate 0x1p3", "--rate: '0x1p3' is not a number");
    expect_usage("--rate 1e", "--rate: '1e' is not a number");
    expect_usage("--rate 1.2.3", "--rate: '1.2.3' is not a number");
    expect_usage("--rate -0.5", "--rate: '-0.5' is negative");
    expect_usage("--rate 1e999", "--rate: '1e999' is too large");
}

static void help_asked(void)
{
    static const char *const words[] = { "a", "-h", "--", "--help" };

    check(options_help_asked(words, 4));
    check(!options_help_asked(words, 1));
    check(!options_help_asked(words + 2, 2));
    check(options_help_asked(words + 3, 1));
}

static void print(void *context)
{
    (void)context;
    options_print(tool_options, "Options:");
}

static void help_text(void)
{
    static const char expected[] =
        "Options:\n"
        "  --near            also drop documents that are almost copies\n"
        "  --loud            shout\n"
        "  -o, --out FILE    write here\n"
        "  --form TEXT       normal form (default: NFC)\n"
        "  --min N           fewest words (default: 3)\n"
        "  --batch BYTES     bytes of a batch (default: 4M)\n"
        "  --rate X          share to keep (default: 0.5)\n"
        "  --special TOKEN   a special token\n";
    char said[4096];

    check(child_run(print, NULL, STDOUT_FILENO, said) == 100);
    check_that(strcmp(said, expected) == 0, "%s", said);
}

/* `expected`: the words, each closed by '|'. */
static void split_is(const char *line, const char *expected)
{
    struct option_list *words = list_new();
    struct fault fault;
    char text[256];
    size_t len = 0;

    check_that(options_split(line, strlen(line), words, &fault), "%s", line);
    check(!fault.what);
    for (size_t i = 0; i < words->count; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s|",
                                words->items[i]);
    text[len] = '\0';
    check_that(strcmp(text, expected) == 0, "%s -> %s", line, text);
}

static void split_fails(const char *line, size_t len, const char *what,
                        size_t at)
{
    struct option_list *words = list_new();
    struct fault fault;

    check(!options_split(line, len, words, &fault));
    check_that(strcmp(fault.what, what) == 0, "%s", fault.what);
    check_that(fault.at == at, "at %zu", fault.at);
}

static void split(void)
{
    split_is("", "");
    split_is(" \t \r\n", "");
    split_is("# all a comment", "");
    split_is("dedup  --near\t--min 3 # why", "dedup|--near|--min|3|");
    split_is("a#b c# #d", "a#b|c#|");
    split_is("'a b' \"c d\" e\\ f", "a b|c d|e f|");
    split_is("x'y z'\"w\"'' ''", "xy zw||");
    split_is("'\\' \"\\\\ \\\" \\x '\" \\'", "\\|\\ \" \\x '|'|");
    split_is("'\\p{L}+' \\#x", "\\p{L}+|#x|");
    split_is("č 'ž ř'", "č|ž ř|");
    split_fails("a 'bc", 5, "a quote that is not closed", 2);
    split_fails("a \"b\\\"", 6, "a quote that is not closed", 2);
    split_fails("ab\\", 3, "a backslash at the end of the line", 2);
    split_fails("ab\0c", 4, "a NUL byte", 2);
}

int main(void)
{
    presets();
    accepted();
    refused();
    help_asked();
    help_text();
    split();
    return check_done();
}
