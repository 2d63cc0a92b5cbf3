/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json - MB/s of json_scan, json_unescape and json_escape on one core.
 *
 * 64 documents of about 4 kB: sentences in several languages, with a line end
 * or a quote after most of them.  The second set writes every character that is
 * not ASCII as \uXXXX, as some exporters do.  Best of five.
 */
#include "src/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "src/utf8.h"
#include "tests/check.h"

enum { DOCUMENTS = 64, DOCUMENT_BYTES = 4096, ROUNDS = 400, TRIES = 5 };

static const char *const sentences[] = {
    "Die alte Mühle am Bach mahlt nur noch für Gäste, sagte der Müller. ",
    "Le moulin tourne depuis l'été dernier, et la farine est prête. ",
    "Starý mlýn stojí u řeky a kolem něj roste vysoká tráva. ",
    "Стара мелница край реката още работи всяка есен. ",
    "Ο παλιός μύλος δίπλα στο ποτάμι γυρίζει ακόμη. ",
    "The miller said that the wheel had never stopped in forty years. ",
};

static const char *const breaks[] = { "", "\n", "\"", "\n\n" };

struct document {
    struct slice line, value, text;
};

static struct slice text_make(struct random *random, struct arena *arena)
{
    char *bytes = arena_alloc(arena, DOCUMENT_BYTES + 200);
    size_t len = 0;

    while (len < DOCUMENT_BYTES) {
        const char *sentence = sentences[random_below(random, 6)];
        const char *ending = breaks[random_below(random, 4)];

        memcpy(bytes + len, sentence, strlen(sentence));
        len += strlen(sentence);
        memcpy(bytes + len, ending, strlen(ending));
        len += strlen(ending);
    }
    return slice_make(bytes, len);
}

/* All that is not ASCII as \uXXXX. */
static struct slice ascii_make(struct slice value, struct arena *arena)
{
    char *bytes = arena_alloc(arena, value.len * 6);
    size_t len = 0;

    for (size_t at = 0; at < value.len;) {
        uint32_t code = utf8_next(value, &at);

        if (code < 0x80)
            bytes[len++] = (char)code;
        else
            len += (size_t)snprintf(bytes + len, 7, "\\u%04x", code);
    }
    return slice_make(bytes, len);
}

static void document_make(struct document *d, struct random *random,
                          bool is_ascii, struct arena *arena)
{
    char *bytes;

    d->text = text_make(random, arena);
    d->value = json_escape(d->text, arena);
    if (is_ascii)
        d->value = ascii_make(d->value, arena);
    bytes = arena_alloc(arena, d->value.len + 100);
    d->line.ptr = bytes;
    d->line.len = (size_t)snprintf(
        bytes, 100,
        "{\"id\": %u, \"url\": \"https://example.org/a/b\", \"text\": ",
        (unsigned)random_below(random, 100000));
    memcpy(bytes + d->line.len, d->value.ptr, d->value.len);
    d->line.len += d->value.len;
    bytes[d->line.len++] = '}';
}

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool count_member(void *context, const struct json_member *m,
                         struct fault *fault)
{
    (void)fault;
    *(size_t *)context += m->value.len;
    return true;
}

/* Each returns the bytes that it went through. */
static size_t run_check(const struct document *d, struct arena *arena)
{
    size_t at;

    (void)arena;
    return utf8_check(d->line, &at) ? d->line.len : 0;
}

static size_t run_scan(const struct document *d, struct arena *arena)
{
    struct fault fault;
    size_t members = 0;

    (void)arena;
    if (!json_scan(d->line, count_member, &members, &fault) || members == 0)
        abort();
    return d->line.len;
}

static size_t run_unescape(const struct document *d, struct arena *arena)
{
    struct fault fault;
    struct slice text;

    if (!json_unescape(d->value, arena, &text, &fault) ||
        text.len != d->text.len)
        abort();
    return d->value.len;
}

static size_t run_escape(const struct document *d, struct arena *arena)
{
    return json_escape(d->text, arena).len;
}

static void measure(const char *name, const struct document *documents,
                    size_t (*run)(const struct document *, struct arena *))
{
    struct arena arena = { 0 };
    double best = 0;

    for (int try = 0; try < TRIES; try++) {
        double start = seconds_now(), speed;
        size_t bytes = 0;

        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < DOCUMENTS; i++)
                bytes += run(&documents[i], &arena);
            arena_reset(&arena);
        }
        speed = (double)bytes / 1e6 / (seconds_now() - start);
        if (speed > best)
            best = speed;
    }
    printf("%-24s %8.0f MB/s\n", name, best);
    arena_clear(&arena);
}

int main(void)
{
    static struct document documents[2][DOCUMENTS];
    struct random random = { 5 };
    struct arena arena = { 0 };

    for (int set = 0; set < 2; set++)
        for (int i = 0; i < DOCUMENTS; i++)
            document_make(&documents[set][i], &random, set == 1, &arena);
    measure("utf8_check", documents[0], run_check);
    measure("json_scan", documents[0], run_scan);
    measure("json_scan, \\uXXXX", documents[1], run_scan);
    measure("json_unescape", documents[0], run_unescape);
    measure("json_unescape, \\uXXXX", documents[1], run_unescape);
    measure("json_escape", documents[0], run_escape);
    arena_clear(&arena);
    return 0;
}
