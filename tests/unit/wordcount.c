/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wordcount - tables that add, and the files they are kept in.
 */
#include "tokenizer/wordcount.h"

#include <unistd.h>

#include "src/compress.h"
#include "tests/check.h"
#include "tests/wordlist.h"
#include "tokenizer/counts.h"

enum { NAIVE_MAX = 3000, LEN_MAX = 40 };

/* The judge: words in a list. */
struct naive {
    char words[NAIVE_MAX][LEN_MAX];
    size_t lens[NAIVE_MAX];
    uint64_t counts[NAIVE_MAX];
    size_t count;
};

static void naive_add(struct naive *naive, struct slice word, uint64_t times)
{
    size_t i = 0;

    while (i < naive->count &&
           !slice_equal(slice_make(naive->words[i], naive->lens[i]), word))
        i++;
    if (i == naive->count) {
        memcpy(naive->words[i], word.ptr, word.len);
        naive->lens[i] = word.len;
        naive->counts[i] = 0;
        naive->count++;
    }
    naive->counts[i] += times;
}

/* Few letters, zeros among them; lengths on both sides of what is inline. */
static struct slice random_word(struct random *random, char bytes[LEN_MAX])
{
    static const char letters[] = { 'a', 'b', 0, (char)0xff };
    size_t len = random_below(random, 2) ? 1 + random_below(random, 4)
                                         : 1 + random_below(random, LEN_MAX);
    char repeated = letters[random_below(random, 4)];

    for (size_t i = 0; i < len; i++)
        bytes[i] = random_below(random, 6) || len < 5
                       ? repeated : letters[random_below(random, 4)];
    return slice_make(bytes, len);
}

static void check_equal(const struct wordcount *table,
                        const struct naive *naive, uint64_t total)
{
    struct wordcount_item *items = wordlist(table);

    check(table->count == naive->count && table->total == total);
    for (size_t i = 0; i < naive->count; i++)
        check(wordcount_get(table, slice_make(naive->words[i],
                                              naive->lens[i])) ==
              naive->counts[i]);
    for (size_t i = 1; i < table->count; i++)
        check(slice_compare(items[i - 1].word, items[i].word) < 0);
    for (size_t i = 0; i < table->count; i++)
        check(wordcount_get(table, items[i].word) == items[i].count);
    free(items);
}

/* The list that the table becomes; it is good for clearing only. */
static void check_list(struct wordcount *table)
{
    struct wordcount_item *items = wordlist(table);
    struct wordcount same = { 0 };

    check(wordcount_add_all(&same, table));
    wordcount_sort(&same);
    for (size_t i = 0; i < table->count; i++) {
        struct wordcount_item item = wordcount_at(&same, i);

        check(slice_equal(item.word, items[i].word) &&
              item.count == items[i].count);
    }
    check(same.count == table->count);
    wordcount_clear(&same);
    free(items);
}

static void tables_add_like_lists(void)
{
    struct naive *naive = calloc(1, sizeof *naive);
    struct random random = { 3 };
    struct wordcount parts[3] = { { 0 } }, sum = { 0 };
    uint64_t total = 0;
    char bytes[LEN_MAX];

    for (int i = 0; i < 9000; i++) {
        struct slice word = random_word(&random, bytes);
        uint64_t times = 1 + random_below(&random, 1000);

        if (naive->count == NAIVE_MAX)
            break;
        naive_add(naive, word, times);
        check(wordcount_add(&parts[i % 3], word, times));
        total += times;
    }
    check(naive->count > 1500);
    for (int i = 0; i < 3; i++)
        check(wordcount_add_all(&sum, &parts[i]));
    check_equal(&sum, naive, total);
    check_list(&sum);
    check(wordcount_get(&sum, slice_from("nowhere")) == 0);
    for (int i = 0; i < 3; i++)
        wordcount_clear(&parts[i]);
    wordcount_clear(&sum);
    free(naive);
}

static void pieces_are_words(void)
{
    static const char text[] = "a bb a ccccccccccccccccccccccccccccc bb a";
    size_t ends[64], count = 0;
    struct wordcount table = { 0 };

    for (size_t i = 0; text[i]; i++)
        if (text[i + 1] == ' ' || text[i] == ' ' || !text[i + 1])
            ends[count++] = i + 1;
    wordcount_add_pieces(&table, slice_from(text), 0, ends, count);
    check(count == 11 && table.total == 11 && table.count == 4);
    check(wordcount_get(&table, slice_from("a")) == 3);
    check(wordcount_get(&table, slice_from("bb")) == 2);
    check(wordcount_get(&table, slice_from(" ")) == 5);
    check(wordcount_get(&table,
                        slice_from("ccccccccccccccccccccccccccccc")) == 1);
    wordcount_clear(&table);
}

/* Pieces of all lengths at each distance from the text's end. */
static void random_pieces_add_like_lists(void)
{
    struct naive *naive = calloc(1, sizeof *naive);
    struct random random = { 11 };
    struct wordcount table = { 0 };
    uint64_t total = 0;

    for (int round = 0; round < 300; round++) {
        char text[200], bytes[LEN_MAX], *exact;
        size_t ends[100], count = 0, len = 0;

        while (len < 150 && count < 100 && naive->count < NAIVE_MAX) {
            struct slice word = random_word(&random, bytes);

            memcpy(text + len, word.ptr, word.len);
            naive_add(naive, word, 1);
            ends[count++] = len += word.len;
        }
        exact = malloc(len + 1); /* so that a read behind it is seen */
        memcpy(exact, text, len);
        wordcount_add_pieces(&table, slice_make(exact, len), 0, ends, count);
        total += count;
        free(exact);
    }
    check(naive->count > 500 && naive->count < NAIVE_MAX);
    check_equal(&table, naive, total);
    wordcount_clear(&table);
    free(naive);
}

/* Whatever is added, the table takes no more than was said before. */
static void memory_is_foreseen(void)
{
    struct wordcount table = { 0 };
    char word[64];

    for (int i = 0; i < 5000; i++) {
        size_t len = i % 50 == 0 ? 40 : 12;
        size_t said = wordcount_memory(&table, 1, len > 23 ? len + 24 : 0);

        snprintf(word, sizeof word, "%0*d", (int)len, i);
        check(wordcount_add(&table, slice_make(word, len), 1));
        check(wordcount_memory(&table, 0, 0) <= said);
        check(table.cap * 32 + table.long_bytes <= said);
    }
    check(table.count == 5000);
    wordcount_clear(&table);
}

static void totals_stay_below_2_to_the_63(void)
{
    struct wordcount table = { 0 }, other = { 0 };

    check(wordcount_add(&table, slice_from("a"), INT64_MAX - 1));
    check(!wordcount_add(&table, slice_from("b"), 2));
    check(table.count == 1);
    check(wordcount_add(&other, slice_from("b"), 2));
    check(!wordcount_add_all(&table, &other) && table.count == 1);
    check(wordcount_add(&table, slice_from("b"), 1));
    wordcount_clear(&table);
    wordcount_clear(&other);
}

static char folder[] = "/tmp/mlin-wordcount-XXXXXX";

static char *path_of(const char *name)
{
    return xprintf("%s/%s", folder, name);
}

static void fill(struct counts *counts, int part)
{
    static const char *const langs[] = { "deu_Latn", "ces_Latn", "" };
    struct random random = { (uint64_t)part + 1 };
    char bytes[LEN_MAX];

    counts->pretokenizer = xstrdup("llama3");
    for (int i = 0; i < 2000; i++) {
        int lang = (i + part) % 3;
        struct counts_section *section =
            counts_section(counts, slice_from(langs[lang]),
                           slice_from(lang == 1 ? "books" : ""));

        section->documents++;
        section->text_bytes += 7;
        check(wordcount_add(&section->words, random_word(&random, bytes),
                            1 + random_below(&random, 300)));
    }
}

static char *bytes_of(const char *path, size_t *len)
{
    struct fault fault;
    char *bytes;

    check(file_read(path, 1 << 30, &bytes, len, &fault));
    return bytes;
}

static void check_same_files(const char *a, const char *b)
{
    size_t a_len, b_len;
    char *a_bytes = bytes_of(a, &a_len), *b_bytes = bytes_of(b, &b_len);

    check(a_len == b_len && memcmp(a_bytes, b_bytes, a_len) == 0);
    free(a_bytes);
    free(b_bytes);
}

static void write_counts(struct counts *counts, const char *path)
{
    counts_write(&counts, 1, 1, "llama3", path);
}

/* Parts written, read and added up in any order give the bytes of the whole. */
static void files_add_up(void)
{
    struct counts whole = { 0 }, sum = { 0 }, part;
    char *whole_path = path_of("whole.cnt"), *sum_path = path_of("sum.cnt.gz");
    struct fault fault;

    for (int i = 0; i < 4; i++) {
        char *path = xprintf("%s/part%d.cnt", folder, i);

        part = (struct counts){ 0 };
        fill(&part, i);
        check(counts_add_all(&whole, &part));
        write_counts(&part, path);
        counts_clear(&part);
        free(path);
    }
    whole.pretokenizer = xstrdup("llama3");
    write_counts(&whole, whole_path);
    for (int i = 3; i >= 0; i--) {
        char *path = xprintf("%s/part%d.cnt", folder, i);

        check_that(counts_read(&sum, path, &fault), "%s", fault.what);
        free(path);
    }
    check(sum.count == 3 && sum.sections[0].documents > 2000);
    write_counts(&sum, sum_path);
    check_same_files(whole_path, sum_path);
    counts_clear(&whole);
    counts_clear(&sum);
    free(whole_path);
    free(sum_path);
}

static bool reads(const char *path, const char *bytes, size_t len,
                  struct fault *fault)
{
    FILE *file = fopen(path, "wb");
    struct counts counts = { 0 };
    bool done;

    check(file && fwrite(bytes, 1, len, file) == len && fclose(file) == 0);
    done = counts_read(&counts, path, fault);
    check(done || fault->what);
    counts_clear(&counts);
    return done;
}

/* No cut and no changed byte goes unnoticed. */
static void damaged_files_are_faults(void)
{
    char *whole = path_of("part0.cnt"), *path = path_of("damaged.cnt");
    struct random random = { 9 };
    struct fault fault;
    size_t len;
    char *bytes = bytes_of(whole, &len);

    check(reads(path, bytes, len, &fault));
    check(!reads(path, bytes, 0, &fault));
    for (size_t cut = 0; cut < len; cut += 1 + cut / 7)
        check(!reads(path, bytes, cut, &fault));
    check(!reads(path, bytes, len - 1, &fault));
    for (int i = 0; i < 300; i++) {
        size_t at = random_below(&random, len);
        char old = bytes[at];

        bytes[at] = (char)(old ^ (1 << random_below(&random, 8)));
        check_that(!reads(path, bytes, len, &fault), "byte %zu", at);
        bytes[at] = old;
    }
    bytes = xrealloc(bytes, len + 1);
    bytes[len] = 0;
    check(!reads(path, bytes, len + 1, &fault) && fault.at == len);
    free(bytes);
    free(whole);
    free(path);
}

static void other_pretokenizers_do_not_mix(void)
{
    struct counts counts = { 0 };
    struct fault fault;
    char *path = path_of("part1.cnt");

    counts.pretokenizer = xstrdup("gpt2");
    check(!counts_read(&counts, path, &fault));
    check(strstr(fault.what, "another pre-tokenizer"));
    counts_clear(&counts);
    free(path);
    check(!counts_read(&counts, "/nowhere/to/be.cnt", &fault));
}

int main(void)
{
    char *command;

    tables_add_like_lists();
    pieces_are_words();
    random_pieces_add_like_lists();
    memory_is_foreseen();
    totals_stay_below_2_to_the_63();
    check(mkdtemp(folder));
    files_add_up();
    damaged_files_are_faults();
    other_pretokenizers_do_not_mix();
    command = xprintf("rm -r %s", folder);
    check(system(command) == 0);
    free(command);
    return check_done();
}
