/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pipeline - stages made for the test, run by every number of threads and size
 * of batch: folds see the documents in input order, each worker is opened and
 * closed once, what leaves is counted, and the bytes are those of one thread.
 *
 * The piped = fused promise over the real tools is in tests/fused.sh.
 */
#include "src/pipeline.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "src/compress.h"
#include "src/fail.h"
#include "src/hash.h"
#include "tests/check.h"

enum { LINES = 700 };

static char folder[] = "/tmp/mlin-pipeline-XXXXXX";
static char in_path[64], out_path[64], rejects_path[64];

/* ---- stages ---- */

/* Delays batches by a rule of their number; drops every seventh id. */
static void uneven_map(const void *self, struct batch *b)
{
    struct timespec delay = { 0, (long)(b->number * 7919 % 5) * 100000 };

    (void)self;
    nanosleep(&delay, NULL);
    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];

        if (hash64(r->text) % 7 == 0)
            record_drop(r, "seventh");
        else
            record_add_count(b, r, slice_from("len"), r->text.len);
    }
}

static const struct stage uneven_stage = {
    .name = "uneven", .map = uneven_map,
};

/* Gives each document its number in fold order, which must be input order. */
struct order {
    uint64_t next, batches;
    uint64_t opened, closed;
    bool open;
    uint64_t by_workers;
};

static struct order last_order;
static atomic_int workers_open;

static void order_open(void *self, const struct setup *setup)
{
    struct order *order = self;

    check(setup->workers >= setup->threads);
    order->open = true;
}

static void *order_worker_open(const void *self)
{
    if (!((const struct order *)self)->open)
        bug("a worker was opened before its stage");
    atomic_fetch_add(&workers_open, 1);
    return xcalloc(1, sizeof(uint64_t));
}

static void order_map(const void *self, struct batch *b)
{
    (void)self;
    *(uint64_t *)b->worker += b->count;
    for (size_t i = 0; i < b->count; i++)
        b->records[i].note = &b->records[i].part; /* any pointer */
}

static void order_fold(void *self, struct batch *b)
{
    struct order *order = self;

    if (b->number != order->batches++)
        bug("fold of batch %" PRIu64 " before its turn", b->number);
    for (size_t i = 0; i < b->count; i++) {
        if (!b->records[i].note)
            bug("a note was lost between map and fold");
        record_add_count(b, &b->records[i], slice_from("order"),
                         order->next++);
    }
}

static void order_worker_close(void *self, void *worker)
{
    struct order *order = self;

    atomic_fetch_sub(&workers_open, 1);
    order->by_workers += *(uint64_t *)worker;
    order->closed++;
    free(worker);
}

static void order_close(void *self, const struct setup *setup)
{
    struct order *order = self;

    check(workers_open == 0);
    check(order->closed == setup->workers);
    last_order = *order;
}

static const struct stage order_stage = {
    .name = "order", .size = sizeof(struct order), .open = order_open,
    .worker_open = order_worker_open, .map = order_map, .fold = order_fold,
    .worker_close = order_worker_close, .close = order_close,
};

/* Rejects in fold what map cannot know; needs no text. */
static void late_fold(void *self, struct batch *b)
{
    (void)self;
    for (size_t i = 0; i < b->count; i++)
        if (hash64(b->records[i].text) % 11 == 3)
            record_reject(&b->records[i], "eleventh", 5);
}

static const struct stage late_stage = {
    .name = "late", .fold = late_fold, .flags = STAGE_NO_TEXT,
};

/* ---- runs ---- */

static void write_input(void)
{
    FILE *file = fopen(in_path, "w");

    check(file != NULL);
    for (int i = 0; i < LINES; i++) {
        fprintf(file, "{\"id\":%d,\"text\":\"%.*s%d\"}\n", i, i % 90,
                "ein Text von wechselnder Länge, damit die Stapel nicht alle "
                "gleich groß sind, wie es auch sonst ist", i % 83);
        if (i % 50 == 0)
            fputs("\n", file);
    }
    check(fclose(file) == 0);
}

static void run_once(uint64_t threads, uint64_t batch_bytes)
{
    static const struct stage *const stages[] = {
        &uneven_stage, &order_stage, &late_stage, &uneven_stage
    };
    const char *files[] = { in_path };
    struct step steps[4] = { 0 };
    struct pipeline p = {
        .steps = steps, .step_count = 4, .files = { files, 1, 1 },
        .run = { .threads = threads, .batch_bytes = batch_bytes,
                 .line_max = 1 << 20, .out = out_path, .quiet = true },
    };

    for (size_t i = 0; i < 4; i++) {
        steps[i].stage = stages[i];
        steps[i].self = xcalloc(1, stages[i]->size);
        steps[i].typed = xstrdup(stages[i]->name);
        steps[i].options.rejects = rejects_path;
    }
    /* The second uneven stage would find its own member standing. */
    steps[3].options.replace = true;
    pipeline_run(&p);
    for (size_t i = 0; i < 4; i++) {
        free(steps[i].self);
        free(steps[i].typed);
    }
}

static char *file_text(const char *path, size_t *len)
{
    struct fault fault;
    char *bytes;

    check(file_read(path, 1 << 24, &bytes, len, &fault));
    return bytes;
}

static uint64_t count_lines(const char *text)
{
    uint64_t count = 0;

    for (; (text = strchr(text, '\n')); text++)
        count++;
    return count;
}

static void same_bytes(void)
{
    static const uint64_t threads[] = { 1, 2, 3, 8 };
    static const uint64_t sizes[] = { 1, 100, 5000, 1 << 20 };
    size_t len, rejects_len, again_len;
    char *out, *rejects, *again;

    run_once(1, 1 << 20);
    out = file_text(out_path, &len);
    rejects = file_text(rejects_path, &rejects_len);
    check(count_lines(out) > LINES / 2 && count_lines(rejects) > LINES / 10);
    check(count_lines(out) + count_lines(rejects) == LINES);
    check(strstr(rejects, "\"late\",\"reason\":\"malformed\"") != NULL);
    check(strstr(rejects, "\"uneven\",\"reason\":\"seventh\"") != NULL);
    for (size_t t = 0; t < 4; t++)
        for (size_t s = 0; s < 4; s++) {
            run_once(threads[t], sizes[s]);
            check(last_order.next == last_order.by_workers);
            again = file_text(out_path, &again_len);
            check_that(again_len == len && memcmp(out, again, len) == 0,
                       "threads %" PRIu64 ", batch %" PRIu64, threads[t],
                       sizes[s]);
            free(again);
            again = file_text(rejects_path, &again_len);
            check_that(again_len == rejects_len &&
                           memcmp(rejects, again, again_len) == 0,
                       "rejects: threads %" PRIu64 ", batch %" PRIu64,
                       threads[t], sizes[s]);
            free(again);
        }
    free(out);
    free(rejects);
}

/* Folds write rising numbers: 0, 1, 2, ... in the order of the ids. */
static void orders_rise(void)
{
    size_t len;
    char *out;
    int64_t last_id = -1, last = -1;

    run_once(8, 100);
    out = file_text(out_path, &len);
    for (char *line = out; *line; line = strchr(line, '\n') + 1) {
        int64_t id = strtoll(line + strlen("{\"id\":"), NULL, 10);
        char *order = strstr(line, "\"order\":");

        check(order != NULL && id > last_id);
        check(strtoll(order + strlen("\"order\":"), NULL, 10) > last);
        last_id = id;
        last = strtoll(order + strlen("\"order\":"), NULL, 10);
    }
    check(last > LINES / 2);
    free(out);
}

int main(void)
{
    check(mkdtemp(folder) != NULL);
    snprintf(in_path, sizeof in_path, "%s/in", folder);
    snprintf(out_path, sizeof out_path, "%s/out", folder);
    snprintf(rejects_path, sizeof rejects_path, "%s/rejects", folder);
    write_input();
    same_bytes();
    orders_rise();
    check(unlink(in_path) == 0 && unlink(out_path) == 0 &&
          unlink(rejects_path) == 0 && rmdir(folder) == 0);
    return check_done();
}
