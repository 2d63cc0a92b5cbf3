/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit - hold the books of a ledger against each other, and print what the
 * corpus is made of: by language, how many documents came and went and why, and
 * what text and how many tokens are left.
 *
 * The composition is that of the last run and of the runs whose outputs it
 * read, back to the first: documents in = out of the last + dropped in any of
 * them.  A ledger in which anything is missing or too many gives status 1.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "src/fail.h"
#include "src/ledger.h"
#include "src/stage.h"

enum { REASONS_SHOWN = 3 };

struct audit {
    const char *format;
};

static const struct option audit_options[] = {
    { "format", OPTION_TEXT, offsetof(struct audit, format), "table",
      "table|tsv|json|html", "how to print the composition" },
    { 0 }
};

/* ---- the books ---- */

/* Each query finds sums that should be equal and are not. */
static const char *const checks[] = {
    /* Every document that entered a stage went on or was dropped there. */
    "SELECT s.run, s.name, 'all languages', s.documents_entered,"
    " coalesce(sum(f.documents_in), 0) FROM stage s"
    " LEFT JOIN flow f USING(run, position) GROUP BY s.run, s.position"
    " HAVING s.documents_entered <> coalesce(sum(f.documents_in), 0)",
    /* By language: in + copied = out + dropped by reason. */
    "SELECT f.run, s.name, f.lang,"
    " f.documents_in + coalesce(c.documents, 0),"
    " f.documents_out + coalesce(sum(d.documents), 0) FROM flow f"
    " JOIN stage s USING(run, position)"
    " LEFT JOIN copied c USING(run, position, lang)"
    " LEFT JOIN dropped d USING(run, position, lang)"
    " GROUP BY f.run, f.position, f.lang"
    " HAVING f.documents_in + coalesce(c.documents, 0) <>"
    " f.documents_out + coalesce(sum(d.documents), 0)",
    /* Nothing was dropped in a language that never came in. */
    "SELECT d.run, s.name, d.lang, 0, d.documents FROM dropped d"
    " JOIN stage s USING(run, position)"
    " LEFT JOIN flow f USING(run, position, lang) WHERE f.run IS NULL",
    /* What one stage lets out the next takes in. */
    "SELECT s.run, s.name, 'all languages', s.documents_entered,"
    " coalesce(sum(f.documents_out), 0) FROM stage s"
    " LEFT JOIN flow f ON f.run = s.run AND f.position = s.position - 1"
    " WHERE s.position > 0 GROUP BY s.run, s.position"
    " HAVING s.documents_entered <> coalesce(sum(f.documents_out), 0)",
    /* The same by language, but for the stage that gives the labels. */
    "SELECT f.run, s.name, f.lang, f.documents_in,"
    " coalesce(e.documents_out, 0) FROM flow f"
    " JOIN stage s USING(run, position)"
    " LEFT JOIN flow e ON e.run = f.run AND e.position = f.position - 1"
    "  AND e.lang = f.lang"
    " WHERE f.position > 0 AND s.name <> 'langid'"
    " AND f.documents_in <> coalesce(e.documents_out, 0)",
    /* A run that reads what another wrote reads all of it. */
    "SELECT r.run, s.name, r.output, t.documents_entered,"
    " (SELECT coalesce(sum(documents_out), 0) FROM flow f WHERE f.run = w.run"
    "  AND f.position = (SELECT max(position) FROM stage WHERE run = w.run))"
    " AS written FROM run w JOIN input i ON i.path = w.output"
    " JOIN run r ON r.run = i.run JOIN stage t ON t.run = r.run"
    "  AND t.position = 0 JOIN stage s ON s.run = r.run AND s.position = 0"
    " WHERE w.output <> '-' AND (SELECT count(*) FROM input WHERE"
    "  run = r.run) = 1 AND t.documents_entered <> written",
};

static void report_difference(void *context, const char *const *columns,
                              size_t count)
{
    (void)count;
    *(uint64_t *)context += 1;
    notice("run %s, %s, %s: %s documents on one side, %s on the other",
           columns[0], columns[1], *columns[2] ? columns[2] : "no language",
           columns[3], columns[4]);
}

static void check_books(const char *path)
{
    uint64_t differences = 0;

    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        ledger_query(path, checks[i], report_difference, &differences);
    if (differences > 0)
        die("%s: the books do not balance (%" PRIu64 " differences)", path,
            differences);
}

/* ---- the composition ---- */

/* The last run, and the runs whose output it read, and so on. */
#define CHAIN                                                                \
    "WITH RECURSIVE chain(run) AS (SELECT max(run) FROM run UNION"           \
    " SELECT r.run FROM chain c JOIN input i ON i.run = c.run"               \
    " JOIN run r ON r.run < c.run AND r.output = i.path"                     \
    " AND (r.output <> '-' OR r.run = (SELECT max(run) FROM run"             \
    " WHERE run < c.run AND output = '-'))),"                                \
    " last(run, position) AS (SELECT s.run, max(s.position) FROM stage s"    \
    " WHERE s.run = (SELECT max(run) FROM chain)) "

static const char kept_sql[] =
    CHAIN "SELECT lang, documents_out, bytes_out FROM flow"
          " JOIN last USING(run, position) WHERE documents_out > 0";

static const char dropped_sql[] =
    CHAIN "SELECT d.lang, s.name, d.reason, sum(d.documents), sum(d.bytes)"
          " FROM dropped d JOIN chain USING(run)"
          " JOIN stage s USING(run, position)"
          " GROUP BY d.lang, s.name, d.reason"
          " ORDER BY d.lang, min(d.run), min(d.position), d.reason";

static const char copied_sql[] =
    CHAIN "SELECT c.lang, sum(c.documents) FROM copied c"
          " JOIN chain USING(run) GROUP BY c.lang";

static const char notes_sql[] =
    CHAIN "SELECT n.lang, n.name, max(n.value) FROM note n"
          " JOIN chain USING(run) JOIN stage s USING(run, position)"
          " WHERE s.name = 'encode' AND n.name IN ('tokens', 'words')"
          " GROUP BY n.lang, n.name";

struct reason {
    char *stage, *name;
    uint64_t documents, bytes;
};

struct row {
    char *lang;
    uint64_t in, copied, out, bytes, tokens, words;
    struct reason *reasons;
    size_t reason_count, reason_cap;
};

struct table {
    struct row *rows;
    size_t count, cap;
};

static struct row *table_row(struct table *table, const char *lang)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->rows[i].lang, lang) == 0)
            return &table->rows[i];
    table->rows = grow(table->rows, &table->cap, table->count + 1,
                       sizeof *table->rows);
    table->rows[table->count] = (struct row){ .lang = xstrdup(lang) };
    return &table->rows[table->count++];
}

static uint64_t number(const char *text)
{
    return strtoull(text, NULL, 10);
}

static void take_kept(void *context, const char *const *columns, size_t count)
{
    struct row *row = table_row(context, columns[0]);

    (void)count;
    row->in += number(columns[1]);
    row->out += number(columns[1]);
    row->bytes += number(columns[2]);
}

static void take_dropped(void *context, const char *const *columns,
                         size_t count)
{
    struct row *row = table_row(context, columns[0]);

    (void)count;
    row->in += number(columns[3]);
    row->reasons = grow(row->reasons, &row->reason_cap, row->reason_count + 1,
                        sizeof *row->reasons);
    row->reasons[row->reason_count++] = (struct reason){
        xstrdup(columns[1]), xstrdup(columns[2]), number(columns[3]),
        number(columns[4])
    };
}

/* What came to be on the way is among what went on or was dropped. */
static void take_copied(void *context, const char *const *columns,
                        size_t count)
{
    struct row *row = table_row(context, columns[0]);

    (void)count;
    row->copied += number(columns[1]);
    row->in -= number(columns[1]);
}

static uint64_t dropped_of(const struct row *row)
{
    return row->in + row->copied - row->out;
}

static void take_note(void *context, const char *const *columns, size_t count)
{
    struct row *row = table_row(context, columns[0]);

    (void)count;
    if (strcmp(columns[1], "tokens") == 0)
        row->tokens = number(columns[2]);
    else
        row->words = number(columns[2]);
}

static int by_lang(const void *a, const void *b)
{
    return strcmp(((const struct row *)a)->lang, ((const struct row *)b)->lang);
}

static void add_reason(struct row *total, const struct reason *reason)
{
    struct reason *to = NULL;

    for (size_t i = 0; i < total->reason_count; i++)
        if (strcmp(total->reasons[i].stage, reason->stage) == 0 &&
            strcmp(total->reasons[i].name, reason->name) == 0)
            to = &total->reasons[i];
    if (!to) {
        total->reasons = grow(total->reasons, &total->reason_cap,
                              total->reason_count + 1, sizeof *to);
        to = &total->reasons[total->reason_count++];
        *to = (struct reason){ xstrdup(reason->stage), xstrdup(reason->name),
                               0, 0 };
    }
    to->documents += reason->documents;
    to->bytes += reason->bytes;
}

static struct row total_of(const struct table *table)
{
    struct row total = { .lang = xstrdup("total") };

    for (size_t i = 0; i < table->count; i++) {
        const struct row *row = &table->rows[i];

        total.in += row->in;
        total.copied += row->copied;
        total.out += row->out;
        total.bytes += row->bytes;
        total.tokens += row->tokens;
        total.words += row->words;
        for (size_t j = 0; j < row->reason_count; j++)
            add_reason(&total, &row->reasons[j]);
    }
    return total;
}

static void row_clear(struct row *row)
{
    for (size_t i = 0; i < row->reason_count; i++) {
        free(row->reasons[i].stage);
        free(row->reasons[i].name);
    }
    free(row->reasons);
    free(row->lang);
}

/* ---- printing ---- */

/* A quotient with two digits, or a dash where there is nothing to divide by. */
static void print_ratio(uint64_t a, uint64_t b, int width, const char *none)
{
    if (a == 0 || b == 0)
        printf("%*s", width, none);
    else
        printf("%*.2f", width, (double)a / (double)b);
}

static void print_reasons(const struct row *row, const char *between)
{
    for (size_t i = 0; i < row->reason_count; i++)
        printf("%s%s/%s %" PRIu64, i > 0 ? between : "", row->reasons[i].stage,
               row->reasons[i].name, row->reasons[i].documents);
}

static int by_documents(const void *a, const void *b)
{
    const struct reason *x = a, *y = b;

    if (x->documents != y->documents)
        return x->documents > y->documents ? -1 : 1;
    return strcmp(x->name, y->name);
}

/* The few reasons that took most; all of them stand below the table. */
static void print_main_reasons(const struct row *row)
{
    uint64_t rest = 0;

    qsort(row->reasons, row->reason_count, sizeof *row->reasons, by_documents);
    for (size_t i = 0; i < row->reason_count; i++) {
        if (i < REASONS_SHOWN)
            printf("%s%s %" PRIu64, i > 0 ? ", " : "", row->reasons[i].name,
                   row->reasons[i].documents);
        else
            rest += row->reasons[i].documents;
    }
    if (rest > 0)
        printf(", other %" PRIu64, rest);
}

static void print_table_row(const struct row *row)
{
    printf("%-10s %9" PRIu64 " %9" PRIu64 " %9" PRIu64 " %12" PRIu64
           " %12" PRIu64 " ", *row->lang ? row->lang : "(none)", row->in,
           row->out, dropped_of(row), row->bytes, row->tokens);
    print_ratio(row->bytes, row->tokens, 7, "-");
    print_ratio(row->tokens, row->words, 9, "-");
    printf("  ");
    if (row->reason_count > 0)
        print_main_reasons(row);
    if (row->copied > 0)
        printf("%scopied %" PRIu64, row->reason_count > 0 ? "; " : "",
               row->copied);
    printf("\n");
}

static void print_table(const struct table *table, const struct row *total)
{
    printf("%-10s %9s %9s %9s %12s %12s %7s %8s  %s\n", "language", "docs in",
           "docs out", "dropped", "text bytes", "tokens", "B/token",
           "tok/word", "dropped, by reason");
    for (size_t i = 0; i < table->count; i++)
        print_table_row(&table->rows[i]);
    print_table_row(total);
    if (total->reason_count == 0)
        return;
    printf("\n%-10s %-18s %9s %12s\n", "stage", "dropped because",
           "documents", "text bytes");
    for (size_t i = 0; i < total->reason_count; i++)
        printf("%-10s %-18s %9" PRIu64 " %12" PRIu64 "\n",
               total->reasons[i].stage, total->reasons[i].name,
               total->reasons[i].documents, total->reasons[i].bytes);
}

static void print_tsv_row(const struct row *row)
{
    printf("%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64
           "\t%" PRIu64 "\t", row->lang, row->in, row->copied, row->out,
           dropped_of(row), row->bytes, row->tokens);
    print_ratio(row->bytes, row->tokens, 0, "");
    printf("\t");
    print_ratio(row->tokens, row->words, 0, "");
    printf("\t");
    print_reasons(row, ";");
    printf("\n");
}

static void print_tsv(const struct table *table, const struct row *total)
{
    printf("language\tdocuments_in\tcopied\tdocuments_out\tdropped"
           "\ttext_bytes\ttokens\tbytes_per_token\tfertility"
           "\tdropped_by_reason\n");
    for (size_t i = 0; i < table->count; i++)
        print_tsv_row(&table->rows[i]);
    print_tsv_row(total);
}

static void print_json_row(const struct row *row, bool is_last)
{
    printf("  {\"language\":\"%s\",\"documents_in\":%" PRIu64
           ",\"copied\":%" PRIu64 ",\"documents_out\":%" PRIu64
           ",\"text_bytes\":%" PRIu64 ",\"tokens\":%" PRIu64
           ",\"words\":%" PRIu64 ",\"dropped\":[",
           row->lang, row->in, row->copied, row->out, row->bytes, row->tokens,
           row->words);
    for (size_t i = 0; i < row->reason_count; i++)
        printf("%s{\"stage\":\"%s\",\"reason\":\"%s\",\"documents\":%" PRIu64
               ",\"text_bytes\":%" PRIu64 "}", i > 0 ? "," : "",
               row->reasons[i].stage, row->reasons[i].name,
               row->reasons[i].documents, row->reasons[i].bytes);
    printf("]}%s\n", is_last ? "" : ",");
}

static void print_json(const struct table *table, const struct row *total)
{
    printf("[\n");
    for (size_t i = 0; i < table->count; i++)
        print_json_row(&table->rows[i], false);
    print_json_row(total, true);
    printf("]\n");
}

/* Text of a ledger in HTML; a label or a reason may be hostile. */
static void print_escaped(const char *text)
{
    for (; *text; text++) {
        if (*text == '<' || *text == '>' || *text == '&')
            printf("&#%d;", *text);
        else
            putchar(*text);
    }
}

static void print_html_row(const struct row *row)
{
    printf("<tr><th>");
    print_escaped(*row->lang ? row->lang : "(none)");
    printf("<td>%" PRIu64 "<td>%" PRIu64 "<td>%" PRIu64 "<td>%" PRIu64
           "<td>%" PRIu64 "<td>%" PRIu64 "<td>", row->in, row->copied, row->out,
           dropped_of(row), row->bytes, row->tokens);
    print_ratio(row->bytes, row->tokens, 0, "");
    printf("<td>");
    print_ratio(row->tokens, row->words, 0, "");
    printf("<td class=why>");
    for (size_t i = 0; i < row->reason_count; i++) {
        printf("%s", i > 0 ? ", " : "");
        print_escaped(row->reasons[i].stage);
        printf("/");
        print_escaped(row->reasons[i].name);
        printf(" %" PRIu64, row->reasons[i].documents);
    }
    printf("\n");
}

/* One page that needs no other file. */
static void print_html(const struct table *table, const struct row *total)
{
    printf("<!doctype html>\n<meta charset=utf-8>\n"
           "<title>Composition</title>\n"
           "<style>body{font:14px sans-serif}td,th{padding:2px 8px;"
           "text-align:right}th:first-child,.why{text-align:left}"
           "tr:last-child{font-weight:bold}</style>\n<table>\n"
           "<tr><th>language<th>documents in<th>copied<th>documents out"
           "<th>dropped<th>text bytes<th>tokens<th>bytes/token<th>tokens/word"
           "<th class=why>dropped by stage/reason\n");
    for (size_t i = 0; i < table->count; i++)
        print_html_row(&table->rows[i]);
    print_html_row(total);
    printf("</table>\n");
}

static int audit_run(void *self, const char *const *operands, size_t count)
{
    const struct audit *audit = self;
    struct table table = { 0 };
    struct row total;
    void (*print)(const struct table *, const struct row *) =
        strcmp(audit->format, "table") == 0  ? print_table
        : strcmp(audit->format, "tsv") == 0  ? print_tsv
        : strcmp(audit->format, "json") == 0 ? print_json
        : strcmp(audit->format, "html") == 0 ? print_html
                                             : NULL;

    if (!print)
        usage_error("--format: '%s' is not table, tsv, json or html",
                    audit->format);
    if (count != 1)
        usage_error("name one ledger: mlin audit LEDGER.db");
    check_books(operands[0]);
    ledger_query(operands[0], kept_sql, take_kept, &table);
    ledger_query(operands[0], dropped_sql, take_dropped, &table);
    ledger_query(operands[0], copied_sql, take_copied, &table);
    ledger_query(operands[0], notes_sql, take_note, &table);
    if (table.count > 0)
        qsort(table.rows, table.count, sizeof *table.rows, by_lang);
    total = total_of(&table);
    print(&table, &total);
    row_clear(&total);
    for (size_t i = 0; i < table.count; i++)
        row_clear(&table.rows[i]);
    free(table.rows);
    return 0;
}

const struct command audit_command = {
    .name = "audit",
    .summary = "check a ledger's books and print what the corpus is made of",
    .operands = "LEDGER.db",
    .options = audit_options,
    .size = sizeof(struct audit),
    .run = audit_run,
};
