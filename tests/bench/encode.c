/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encode - MB/s of the encoder alone on one core: text in memory to ids in
 * memory, by a worker that begins with nothing and by one that has seen it all.
 *
 *     make build/tests/bench/encode
 *     build/tests/bench/encode TOKENIZER NAME=FILE...
 *
 * The files are plain text, which goes through in documents of 4 kB; the best
 * of five counts.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "src/compress.h"
#include "tests/check.h"
#include "tokenizer/encoder.h"
#include "tokenizer/vocab_file.h"

enum { DOCUMENT = 4096, TRIES = 5 };

static double seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t encode_all(const struct encoder *encoder,
                           struct encoder_worker *worker, struct slice text)
{
    struct fault fault;
    uint64_t count = 0;

    for (size_t start = 0, end; start < text.len; start = end) {
        end = start + DOCUMENT < text.len ? start + DOCUMENT : text.len;
        while (end < text.len && ((unsigned char)text.ptr[end] & 0xc0) == 0x80)
            end++;
        check(encoder_text(encoder, worker,
                           slice_make(text.ptr + start, end - start), &fault));
        count += worker->count;
    }
    return count;
}

static void measure(const struct encoder *encoder, const char *name,
                    struct slice text)
{
    double cold = 1e9, warm = 1e9;
    uint64_t count = 0;

    for (int i = 0; i < TRIES; i++) {
        struct encoder_worker *worker = encoder_worker_new();
        double begin = seconds_now(), middle;

        count = encode_all(encoder, worker, text);
        middle = seconds_now();
        check(encode_all(encoder, worker, text) == count);
        if (middle - begin < cold)
            cold = middle - begin;
        if (seconds_now() - middle < warm)
            warm = seconds_now() - middle;
        encoder_worker_free(worker);
    }
    printf("%-10s %6.0f MB/s  seen before %6.0f MB/s  %.2f bytes a token\n",
           name, (double)text.len / cold * 1e-6,
           (double)text.len / warm * 1e-6, (double)text.len / (double)count);
}

int main(int argc, char **argv)
{
    struct encoder encoder;
    struct fault fault;

    check(argc > 2);
    check(encoder_open(&encoder, vocab_open(argv[1]), false, &fault));
    for (int i = 2; i < argc; i++) {
        char *equal = strchr(argv[i], '='), *bytes;
        size_t len;

        check(equal && file_read(equal + 1, SIZE_MAX / 2, &bytes, &len,
                                 &fault));
        *equal = '\0';
        measure(&encoder, argv[i], slice_make(bytes, len));
        free(bytes);
    }
    return check_done();
}
