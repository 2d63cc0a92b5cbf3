/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_manifest - the record of finished shards: begun, gone on with, closed.
 */
#include "tokenizer/shard_manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/json.h"
#include "src/output.h"
#include "tokenizer/shard_record.h"

struct shard_manifest {
    char *directory, *path, *part; /* manifest.json and manifest.json.part */
    struct shard_record record;    /* entries, those of earlier runs first */
    size_t first;                  /* entries of earlier runs */
    struct shard_record replaced;  /* a whole run that this one replaces */
    const struct shard_settings *settings;
};

/* ---- the settings, as a line ---- */

static struct slice json_or_null(const char *text, struct arena *arena)
{
    return text ? json_escape(slice_from(text), arena) : slice_from("null");
}

static char *formats_json(const struct shard_settings *s)
{
    char *json = xstrdup("");

    for (size_t i = 0; i < s->format_count; i++) {
        char *more = xprintf("%s%s{\"format\":\"%s\",\"token_bytes\":%u}", json,
                             i > 0 ? "," : "", s->formats[i]->name,
                             s->token_bytes[i]);

        free(json);
        json = more;
    }
    return json;
}

/* `first`: how many shards stand there already, that this run appends to. */
static char *settings_line(const struct shard_settings *s, size_t first)
{
    const char *slash = strrchr(s->tokenizer, '/');
    struct arena arena = { 0 };
    struct slice name = json_or_null(slash ? slash + 1 : s->tokenizer, &arena);
    struct slice cut = json_or_null(s->pretokenizer, &arena);
    struct slice bos = json_or_null(s->bos, &arena);
    struct slice eos = json_or_null(s->eos, &arena);
    char *formats = formats_json(s), hash[33], *line;

    hash128_print(s->tokenizer_hash, hash);
    line = xprintf("{\"manifest\":1,\"tokenizer\":%.*s,"
                   "\"tokenizer_xxh128\":\"%s\",\"pretokenizer\":%.*s,"
                   "\"vocab_size\":%zu,"
                   "\"bos\":%.*s,\"eos\":%.*s,\"allow_special\":%s,"
                   "\"dropout\":%g,\"seed\":%llu,"
                   "\"formats\":[%s],\"shard_tokens\":%llu,"
                   "\"appended_to\":%zu,\"shards\":[",
                   (int)name.len, name.ptr, hash, (int)cut.len, cut.ptr,
                   s->vocab_count, (int)bos.len, bos.ptr, (int)eos.len, eos.ptr,
                   s->allow_special ? "true" : "false", s->dropout,
                   (unsigned long long)s->seed, formats,
                   (unsigned long long)s->shard_tokens, first);
    arena_clear(&arena);
    free(formats);
    return line;
}

/* What must be equal for shards to stand in one directory. */
static void check_append(const struct shard_manifest *manifest,
                         const char *line)
{
    static const char *const members[] = {
        "tokenizer_xxh128", "pretokenizer", "vocab_size", "bos", "eos",
        "allow_special", "dropout", "seed", "formats"
    };
    char *closed = xprintf("%s]}", line);

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        struct slice key = slice_from(members[i]);
        struct json_member theirs = { 0 }, ours = { 0 };

        json_find(slice_from(manifest->record.settings), key, &theirs);
        json_find(slice_from(closed), key, &ours);
        if (!slice_equal(theirs.value, ours.value))
            die("%s: --append: the %s of the shards there is %.*s, not %.*s",
                manifest->directory, members[i], (int)theirs.value.len,
                theirs.value.ptr, (int)ours.value.len, ours.value.ptr);
    }
    free(closed);
}

/* ---- files ---- */

static void remove_file(const struct shard_manifest *manifest,
                        const char *name)
{
    char *path = xprintf("%s/%s", manifest->directory, name);

    if (unlink(path) != 0 && errno != ENOENT)
        die("%s: cannot remove it: %s", path, strerror(errno));
    free(path);
}

/* Take away the files of entries from `from` on, the index of all first. */
static void remove_entries(const struct shard_manifest *manifest,
                           const struct shard_record *record, size_t from)
{
    for (size_t i = from; i < record->count; i++) {
        const struct shard_entry *entry = &record->entries[i];

        if (from == 0 && entry->format->index)
            remove_file(manifest, "index.json");
        for (size_t j = entry->file_count; j > 0; j--)
            remove_file(manifest, entry->files[j - 1].name);
    }
}

static bool files_are_there(const struct shard_manifest *manifest,
                            const struct shard_record *record)
{
    bool ok = true;

    for (size_t i = 0; i < record->count; i++)
        for (size_t j = 0; j < record->entries[i].file_count; j++) {
            const struct shard_file *file = &record->entries[i].files[j];
            char *path = xprintf("%s/%s", manifest->directory, file->name);
            struct stat info;

            ok = ok && stat(path, &info) == 0 &&
                 (uint64_t)info.st_size == file->bytes;
            free(path);
        }
    return ok;
}

/* Write at the end of the record, and see it on the disk. */
static void part_write(const struct shard_manifest *manifest,
                       struct slice bytes, int flags)
{
    int fd = open(manifest->part, O_WRONLY | O_CLOEXEC | flags, 0666);
    bool ok = fd >= 0;

    while (ok && bytes.len > 0) {
        ssize_t done = write(fd, bytes.ptr, bytes.len);

        if (done < 0 && errno == EINTR)
            continue;
        ok = done > 0;
        if (ok)
            bytes = slice_make(bytes.ptr + done, bytes.len - (size_t)done);
    }
    if (!ok || fsync(fd) != 0 || close(fd) != 0)
        die("cannot write %s: %s", manifest->part, strerror(errno));
}

static void part_write_entry(const struct shard_manifest *manifest,
                             const struct shard_entry *entry, bool is_first)
{
    char *line = shard_record_line(entry, is_first);

    part_write(manifest, slice_from(line), O_APPEND);
    free(line);
}

/* ---- beginning ---- */

/* Begin a record anew, with the entries of earlier runs. */
static void begin(struct shard_manifest *manifest, const char *line)
{
    manifest->first = manifest->record.count;
    part_write(manifest, slice_from(line), O_CREAT | O_TRUNC);
    for (size_t i = 0; i < manifest->record.count; i++)
        part_write_entry(manifest, &manifest->record.entries[i], i == 0);
}

/* A record that a killed run left: go on from it, or take its shards away. */
static bool resume(struct shard_manifest *manifest, const char *line)
{
    struct shard_record part;
    size_t first = manifest->record.count;

    if (!shard_record_read(&part, manifest->part, false)) {
        shard_record_clear(&part);
        return false;
    }
    if (strcmp(part.line, line) == 0 && part.count >= first &&
        files_are_there(manifest, &part)) {
        if (truncate(manifest->part, (off_t)part.good_len) != 0)
            die("cannot write %s: %s", manifest->part, strerror(errno));
        shard_record_clear(&manifest->record);
        manifest->record = part;
        manifest->first = first;
        return true;
    }
    if (manifest->settings->append && part.first == 0 && part.count > 0)
        die("%s: --append: a run of other settings was not finished there",
            manifest->directory);
    remove_entries(manifest, &part, part.first);
    shard_record_clear(&part);
    return false;
}

struct shard_manifest *shard_manifest_open(const char *directory,
                                           const struct shard_settings *s)
{
    struct shard_manifest *manifest = xcalloc(1, sizeof *manifest);
    struct shard_record whole;
    char *line;

    manifest->settings = s;
    manifest->directory = xstrdup(directory);
    manifest->path = xprintf("%s/manifest.json", directory);
    manifest->part = xprintf("%s.part", manifest->path);
    output_make_directory(directory);
    if (!shard_record_read(&whole, manifest->path, true) && s->append &&
        access(manifest->path, F_OK) == 0)
        die("%s: --append: it is not a manifest of mlin encode",
            manifest->path);
    *(s->append ? &manifest->record : &manifest->replaced) = whole;
    line = settings_line(s, manifest->record.count);
    if (manifest->record.count > 0)
        check_append(manifest, line);
    if (!resume(manifest, line))
        begin(manifest, line);
    free(line);
    return manifest;
}

/* ---- at work ---- */

const struct shard_entry *
shard_manifest_find(const struct shard_manifest *manifest,
                    const struct shard_format *format, uint64_t number)
{
    for (size_t i = 0; i < manifest->record.count; i++)
        if (manifest->record.entries[i].format == format && number-- == 0)
            return &manifest->record.entries[i];
    return NULL;
}

uint64_t shard_manifest_first(const struct shard_manifest *manifest,
                              const struct shard_format *format)
{
    uint64_t count = 0;

    for (size_t i = 0; i < manifest->first; i++)
        count += manifest->record.entries[i].format == format;
    return count;
}

const char *shard_manifest_directory(const struct shard_manifest *manifest)
{
    return manifest->directory;
}

void shard_manifest_clear(struct shard_manifest *manifest)
{
    if (manifest->replaced.count == 0)
        return;
    remove_entries(manifest, &manifest->replaced, 0);
    remove_file(manifest, "manifest.json");
    shard_record_clear(&manifest->replaced);
}

void shard_manifest_add(struct shard_manifest *manifest,
                        const struct shard_entry *entry)
{
    struct shard_record *record = &manifest->record;

    part_write_entry(manifest, entry, record->count == 0);
    record->entries = grow(record->entries, &record->cap, record->count + 1,
                           sizeof *record->entries);
    record->entries[record->count++] = *entry;
}

/* Documents and tokens of one format: of all, for all have the same. */
static char *totals_line(const struct shard_manifest *manifest)
{
    const struct shard_record *record = &manifest->record;
    uint64_t documents = 0, tokens = 0;

    for (size_t i = 0; i < record->count; i++)
        if (record->entries[i].format == manifest->settings->formats[0]) {
            documents += record->entries[i].documents;
            tokens += record->entries[i].tokens;
        }
    return xprintf("\n],\"documents\":%llu,\"tokens\":%llu}\n",
                   (unsigned long long)documents, (unsigned long long)tokens);
}

void shard_manifest_close(struct shard_manifest *manifest)
{
    char *line = totals_line(manifest);

    part_write(manifest, slice_from(line), O_APPEND);
    if (rename(manifest->part, manifest->path) != 0)
        die("cannot write %s: %s", manifest->path, strerror(errno));
    free(line);
    shard_record_clear(&manifest->record);
    shard_record_clear(&manifest->replaced);
    free(manifest->directory);
    free(manifest->path);
    free(manifest->part);
    free(manifest);
}
