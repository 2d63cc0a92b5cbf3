/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pretokenize - MB/s of each pattern's scanners on one core: fast, one piece at
 * a time, and the ratio of the two.
 *
 *     make build/tests/bench/pretokenize
 *     build/tests/bench/pretokenize [NAME=FILE...]
 *
 * The files are plain text.  Without any, sentences of our own in Latin,
 * Cyrillic and Greek letters, shuffled, and the three mixed.  The text goes
 * through in documents of 4 kB, cut at any character; the scanners take turns,
 * and the best of eleven counts, so that a ratio is of one quiet moment.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "src/compress.h"
#include "tests/check.h"
#include "tokenizer/pretokenize.h"
#include "tokenizer/scan.h"

enum { PIECES = 1024, DOCUMENT = 4096, TRIES = 11, MADE = 8000000 };

static const char *const scripts[][4] = {
    { "Die alte Mühle am Bach mahlt nur noch für Gäste, sagte der Müller.\n",
      " Le moulin tourne depuis l'été dernier, et la farine est « prête ».",
      " Starý mlýn stojí u řeky a kolem něj roste vysoká tráva od roku 1897.",
      " The miller said that the wheel hadn't stopped in forty years." },
    { "Стара мелница край реката още работи всяка есен.\n",
      " Млин біля річки меле п'ять днів на тиждень, крім свят.",
      " Стари млин на обали и данас меље брашно за цело село.",
      " Мельник сказал, что колесо не стояло 40 лет." },
    { "Ο παλιός μύλος δίπλα στο ποτάμι γυρίζει ακόμη.\n",
      " Ο μυλωνάς λέει ότι δεν σταμάτησε ποτέ, σαράντα χρόνια τώρα.",
      " Το αλεύρι του χωριού έρχεται απ' αυτόν εδώ.",
      " Το 1897 τον έκτισαν δύο αδέλφια." },
};

static double seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t pieces_of(scan_function *scan, struct slice text)
{
    size_t ends[PIECES], n;
    uint64_t count = 0;

    for (size_t start = 0, end; start < text.len; start = end) {
        struct slice document;

        end = start + DOCUMENT < text.len ? start + DOCUMENT : text.len;
        while (end < text.len && ((unsigned char)text.ptr[end] & 0xc0) == 0x80)
            end++;
        document = slice_make(text.ptr + start, end - start);
        for (size_t at = 0; (n = scan(document, at, ends, PIECES)) > 0;
             at = ends[n - 1])
            count += n;
    }
    return count;
}

static double megabytes_per_second(scan_function *scan, struct slice text,
                                   uint64_t *count)
{
    double begin = seconds_now();

    *count = pieces_of(scan, text);
    return (double)text.len / (seconds_now() - begin) * 1e-6;
}

static void measure(const char *what, struct slice text)
{
    static const struct {
        const char *name;
        scan_function *fast, *slow;
    } all[] = { { "gpt2", scan_fast_gpt2, scan_gpt2 },
                { "llama3", scan_fast_llama3, scan_llama3 },
                { "cl100k_base", scan_fast_cl100k_base, scan_cl100k_base },
                { "qwen2", scan_fast_qwen2, scan_qwen2 },
                { "o200k", scan_fast_o200k, scan_o200k },
                { "eu", scan_fast_eu, scan_eu } };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        double fast = 0, slow = 0;
        uint64_t count, other;

        for (int k = 0; k < TRIES; k++) {
            double f = megabytes_per_second(all[i].fast, text, &count);
            double s = megabytes_per_second(all[i].slow, text, &other);

            check(count == other);
            fast = f > fast ? f : fast;
            slow = s > slow ? s : slow;
        }
        printf("%-10s %-11s %6.0f MB/s  one by one %6.0f  x%.2f  %.1f bytes a "
               "piece\n", what, all[i].name, fast, slow, fast / slow,
               (double)text.len / (double)count);
    }
}

/* Sentences of the scripts from `first` to `last`, in a random order. */
static struct slice text_make(size_t first, size_t last)
{
    struct random random = { 3 };
    char *bytes = xmalloc(MADE);
    size_t len = 0;

    for (;;) {
        const char *sentence = scripts[first + random_below(&random,
                                                            last - first + 1)]
                                      [random_below(&random, 4)];
        size_t n = strlen(sentence);

        if (len + n > MADE)
            return slice_make(bytes, len);
        memcpy(bytes + len, sentence, n);
        len += n;
    }
}

int main(int argc, char **argv)
{
    static const char *const names[] = { "Latin", "Cyrillic", "Greek", "mix" };

    for (int i = 1; i < argc; i++) {
        const char *path = strchr(argv[i], '=');
        struct fault fault;
        char *bytes;
        size_t len;

        check(path && file_read(path + 1, (size_t)1 << 30, &bytes, &len,
                                &fault));
        argv[i][path - argv[i]] = '\0';
        measure(argv[i], slice_make(bytes, len));
        free(bytes);
    }
    for (size_t i = 0; argc == 1 && i < 4; i++) {
        struct slice text = text_make(i == 3 ? 0 : i, i == 3 ? 2 : i);

        measure(names[i], text);
        free((char *)text.ptr);
    }
    return check_done();
}
