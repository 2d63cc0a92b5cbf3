/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger - sums by language and reason, what balances and what does not, and
 * what a run leaves in the file.
 */
#include "src/ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/check.h"
#include "tests/child.h"

static char folder[] = "/tmp/mlin-ledger-XXXXXX";
static char path[64];

struct answer {
    char text[4096];
    size_t len;
};

static void take_row(void *context, const char *const *columns, size_t count)
{
    struct answer *answer = context;

    for (size_t i = 0; i < count; i++)
        answer->len += (size_t)snprintf(
            answer->text + answer->len, sizeof answer->text - answer->len,
            "%s%s", columns[i], i + 1 < count ? "|" : "\n");
}

static void answers(const char *sql, const char *expected)
{
    struct answer answer = { "", 0 };

    ledger_query(path, sql, take_row, &answer);
    check_that(strcmp(answer.text, expected) == 0, "%s: %s", sql, answer.text);
}

static struct ledger_flow *small_flow(void)
{
    struct ledger_flow *flow = ledger_flow_new();

    ledger_flow_add(flow, slice_from("deu_Latn"), NULL, 3, 30, 27);
    ledger_flow_add(flow, slice_from("deu_Latn"), "duplicate", 2, 20, 0);
    ledger_flow_add(flow, slice_from(""), "malformed", 1, 0, 0);
    ledger_flow_add(flow, slice_from("no code!"), NULL, 1, 5, 5);
    ledger_flow_add(flow, slice_from("a_label_far_too_long"), NULL, 1, 5, 5);
    return flow;
}

static void balance(void)
{
    struct ledger_flow *flow = small_flow();
    struct ledger_stage stage = { "dedup", "dedup", 8, flow, NULL };
    int64_t difference = 7;

    check(ledger_balances(&stage, &difference) && difference == 0);
    stage.documents_entered = 9;
    check(!ledger_balances(&stage, &difference) && difference == 1);
    stage.documents_entered = 6;
    check(!ledger_balances(&stage, &difference) && difference == -2);
    ledger_flow_free(flow);
}

static void write_run(const char *command, struct ledger_flow *flow,
                      const char *output)
{
    struct ledger_notes *notes = ledger_notes_new();
    struct ledger_stage stage = { "dedup", command, 8, flow, notes };
    struct ledger_file input = { "a.jsonl", 4000000000u };
    struct ledger_run run = { command, &stage, 1, &input, 1, output, 77 };

    ledger_note(notes, slice_from("deu_Latn"), "tokens", 5000000000u);
    ledger_note(notes, slice_from("deu_Latn"), "tokens", 1);
    ledger_write(path, &run);
    ledger_notes_free(notes);
}

static void file_holds_all(void)
{
    struct ledger_flow *flow = small_flow();

    write_run("dedup a", flow, "b.jsonl");
    answers("SELECT run, command, output, output_bytes FROM run",
            "1|dedup a|b.jsonl|77\n");
    answers("SELECT * FROM input", "1|a.jsonl|4000000000\n");
    answers("SELECT * FROM stage", "1|0|dedup|dedup a|8\n");
    answers("SELECT * FROM flow ORDER BY lang",
            "1|0||1|0|0|0\n1|0|(other)|2|2|10|10\n1|0|deu_Latn|5|3|50|27\n");
    answers("SELECT * FROM dropped ORDER BY lang",
            "1|0||malformed|1|0\n1|0|deu_Latn|duplicate|2|20\n");
    answers("SELECT * FROM note", "1|0|deu_Latn|tokens|5000000001\n");
    ledger_flow_free(flow);
}

/* The same command again takes its own place; another stands beside it. */
static void repeated_run(void)
{
    struct ledger_flow *flow = small_flow();

    write_run("dedup b", flow, NULL);
    write_run("dedup a", flow, NULL);
    answers("SELECT command, ifnull(output, 'none') FROM run ORDER BY command",
            "dedup a|none\ndedup b|none\n");
    answers("SELECT count(*), count(DISTINCT run) FROM stage", "2|2\n");
    answers("SELECT count(*) FROM flow", "6\n");
    answers("SELECT count(*) FROM note", "2\n");
    answers("SELECT count(*) FROM input", "2\n");
    ledger_flow_free(flow);
}

/* Many labels: the table grows; merging in any order gives the same sums. */
static void many_labels(void)
{
    enum { LABELS = 3000, WORKERS = 4 };
    struct ledger_flow *all = ledger_flow_new(), *parts[WORKERS];
    struct ledger_stage stage = { "x", "x", 0, all, NULL };
    struct random random = { 5 };
    int64_t difference;
    uint64_t total = 0;

    for (size_t i = 0; i < WORKERS; i++)
        parts[i] = ledger_flow_new();
    for (int i = 0; i < 100000; i++) {
        char label[16];
        uint64_t n = random_below(&random, 5);

        snprintf(label, sizeof label, "x%" PRIu64,
                 random_below(&random, LABELS));
        ledger_flow_add(parts[random_below(&random, WORKERS)],
                        slice_from(label),
                        random_below(&random, 2) ? "reason" : NULL, n, n, n);
        total += n;
    }
    for (size_t i = WORKERS; i-- > 0;) {
        ledger_flow_merge(all, parts[i]);
        ledger_flow_free(parts[i]);
    }
    stage.documents_entered = total;
    check(ledger_balances(&stage, &difference));
    ledger_flow_free(all);
}

static void query_text_file(void *context)
{
    struct answer answer = { "", 0 };

    ledger_query(context, "SELECT 1 FROM run", take_row, &answer);
}

static void refusals(void)
{
    static char text_path[64];
    char said[4096];
    FILE *file;

    snprintf(text_path, sizeof text_path, "%s/notes.txt", folder);
    check((file = fopen(text_path, "w")) != NULL);
    fprintf(file, "this is no database, however long one looks at it\n");
    fclose(file);
    check(child_run(query_text_file, text_path, 2, said) == 1);
    check_that(strstr(said, "not a database"), "%s", said);
    check(child_run(query_text_file, "/nowhere/l.db", 2, said) == 1);
    check_that(strstr(said, "no such file"), "%s", said);
    check(unlink(text_path) == 0);
}

int main(void)
{
    check(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/l.db", folder);
    balance();
    file_holds_all();
    repeated_run();
    many_labels();
    refusals();
    check(unlink(path) == 0 && rmdir(folder) == 0);
    return check_done();
}
