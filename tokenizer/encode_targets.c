/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encode_targets - directories of shards by language, and sums of languages.
 */
#include "tokenizer/encode_targets.h"

#include <ctype.h>
#include <stdlib.h>

#include "src/output.h"

enum { TARGETS_MAX = 500 };

struct encode_target {
    char *path;
    struct shard_manifest *manifest; /* NULL = no shards */
    struct shard_writer *writers[SHARD_FORMATS];
    struct output *ids;
};

/* --out with each {lang} replaced by letters, digits, _ and - of `lang`. */
static char *target_path(const char *out, struct slice lang)
{
    size_t len = strlen(out);
    char *path = xmalloc((len + 1) * (lang.len + 1) + 1), *to = path;

    while (*out) {
        if (strncmp(out, "{lang}", 6) != 0) {
            *to++ = *out++;
            continue;
        }
        for (size_t i = 0; i < lang.len; i++) {
            unsigned char c = (unsigned char)lang.ptr[i];

            *to++ = (char)((c < 0x80 && isalnum(c)) || c == '-' ? c : '_');
        }
        out += 6;
    }
    *to = '\0';
    return path;
}

static void open_shards(const struct encode_targets *targets,
                        struct encode_target *target)
{
    const struct shard_settings *s = targets->settings;

    target->manifest = shard_manifest_open(target->path, s);
    for (size_t i = 0; i < s->format_count; i++)
        target->writers[i] =
            shard_writer_open(s->formats[i], target->manifest,
                              s->token_bytes[i], s->shard_tokens,
                              s->tokenizer);
}

static struct encode_target *target_open(const struct encode_targets *targets,
                                         char *path)
{
    struct encode_target *target = xcalloc(1, sizeof *target);

    target->path = path;
    if (targets->settings->format_count > 0)
        open_shards(targets, target);
    if (targets->wants_ids) {
        char *ids = target->manifest ? xprintf("%s/ids.jsonl", path)
                                     : xstrdup(path);

        target->ids = output_open(ids);
        free(ids);
    }
    return target;
}

static struct encode_target *target_find(struct encode_targets *targets,
                                         struct slice lang)
{
    char *path;

    if (!targets->out)
        return NULL;
    if (lang.len == 0)
        lang = slice_from("und");
    path = target_path(targets->out, lang);
    for (size_t i = 0; i < targets->count; i++)
        if (strcmp(targets->items[i]->path, path) == 0) {
            free(path);
            return targets->items[i];
        }
    if (targets->count == TARGETS_MAX)
        die("--out: more than %d languages; is the lang field right?",
            TARGETS_MAX);
    targets->items = grow(targets->items, &targets->cap, targets->count + 1,
                          sizeof *targets->items);
    return targets->items[targets->count++] = target_open(targets, path);
}

static struct encode_sum **sum_slot(const struct encode_targets *targets,
                                    struct slice lang)
{
    size_t at = (size_t)hash64(lang) & (targets->slot_cap - 1);

    while (targets->slots[at] && !slice_equal(targets->slots[at]->lang, lang))
        at = (at + 1) & (targets->slot_cap - 1);
    return &targets->slots[at];
}

static void sums_double(struct encode_targets *targets)
{
    targets->slot_cap = targets->slot_cap ? targets->slot_cap * 2 : 64;
    free(targets->slots);
    targets->slots = xcalloc(targets->slot_cap, sizeof *targets->slots);
    for (size_t i = 0; i < targets->sum_count; i++)
        *sum_slot(targets, targets->sums[i]->lang) = targets->sums[i];
}

struct encode_sum *encode_targets_find(struct encode_targets *targets,
                                       struct slice lang)
{
    struct encode_sum **slot, *sum;

    if (targets->sum_count * 2 >= targets->slot_cap)
        sums_double(targets);
    slot = sum_slot(targets, lang);
    if (*slot)
        return *slot;
    sum = arena_zero(&targets->arena, 1, sizeof *sum);
    sum->lang = arena_copy(&targets->arena, lang);
    sum->target = target_find(targets, sum->lang);
    targets->sums = grow(targets->sums, &targets->sum_cap,
                         targets->sum_count + 1, sizeof *targets->sums);
    targets->sums[targets->sum_count++] = sum;
    return *slot = sum;
}

void encode_targets_append(const struct encode_targets *targets,
                           struct encode_target *target,
                           const struct encode_document *document)
{
    const struct shard_settings *s = targets->settings;

    for (size_t i = 0; i < s->format_count; i++)
        shard_append(target->writers[i],
                     s->token_bytes[i] == 2 ? document->narrow
                                            : document->wide,
                     document->about);
    if (target->ids)
        output_write(target->ids, document->json);
}

void encode_targets_finish(struct encode_targets *targets)
{
    /* No documents: an empty shard, where its place needs no language. */
    if (targets->out && targets->count == 0 &&
        !strstr(targets->out, "{lang}"))
        target_find(targets, slice_make(NULL, 0));
    for (size_t i = 0; i < targets->count; i++) {
        struct encode_target *target = targets->items[i];

        for (size_t j = 0; j < targets->settings->format_count; j++)
            shard_writer_close(target->writers[j]);
        if (target->ids)
            output_close(target->ids);
    }
    for (size_t i = 0; i < targets->count; i++)
        if (targets->items[i]->manifest)
            shard_manifest_close(targets->items[i]->manifest);
}

static int by_lang(const void *a, const void *b)
{
    const struct encode_sum *const *x = a, *const *y = b;

    return slice_compare((*x)->lang, (*y)->lang);
}

void encode_targets_print(const struct encode_targets *targets)
{
    struct output *out = output_open("-");

    if (targets->sum_count > 0)
        qsort(targets->sums, targets->sum_count, sizeof *targets->sums,
              by_lang);
    output_print(out, "lang\tdocuments\tbytes\twords\ttokens\t"
                      "bytes_per_token\n");
    for (size_t i = 0; i < targets->sum_count; i++) {
        const struct encode_sum *sum = targets->sums[i];
        struct slice lang = sum->lang.len > 0 ? sum->lang : slice_from("-");

        output_print(out, "%.*s\t%llu\t%llu\t%llu\t%llu\t%.3f\n",
                     (int)lang.len, lang.ptr,
                     (unsigned long long)sum->documents,
                     (unsigned long long)sum->bytes,
                     (unsigned long long)sum->words,
                     (unsigned long long)sum->tokens,
                     sum->tokens > 0
                         ? (double)sum->bytes / (double)sum->tokens : 0.0);
    }
    output_close(out);
}

void encode_targets_clear(struct encode_targets *targets)
{
    for (size_t i = 0; i < targets->count; i++) {
        free(targets->items[i]->path);
        free(targets->items[i]);
    }
    free(targets->items);
    free(targets->sums);
    free(targets->slots);
    arena_clear(&targets->arena);
}
