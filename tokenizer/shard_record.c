/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shard_record - the lines of a manifest.
 *
 * A line counts when it is a whole JSON object; one that broke off is none, for
 * its last brace is missing.  Files named in it are deleted on occasion, so
 * only names in the directory itself are taken.
 */
#include "tokenizer/shard_record.h"

#include <stdlib.h>

#include "src/compress.h"
#include "src/json.h"

enum { MANIFEST_MAX = 1 << 30 };

static void entry_clear(struct shard_entry *entry)
{
    free(entry->name);
    for (size_t i = 0; i < entry->file_count; i++)
        free(entry->files[i].name);
}

void shard_record_clear(struct shard_record *record)
{
    for (size_t i = 0; i < record->count; i++)
        entry_clear(&record->entries[i]);
    free(record->entries);
    free(record->line);
    free(record->settings);
    *record = (struct shard_record){ 0 };
}

char *shard_record_line(const struct shard_entry *entry, bool is_first)
{
    char hash[33], *line, *more;

    hash128_print(entry->digest, hash);
    line = xprintf("%s\n{\"name\":\"%s\",\"format\":\"%s\","
                   "\"documents\":%llu,\"tokens\":%llu,\"digest\":\"%s\","
                   "\"files\":[",
                   is_first ? "" : ",", entry->name, entry->format->name,
                   (unsigned long long)entry->documents,
                   (unsigned long long)entry->tokens, hash);
    for (size_t i = 0; i < entry->file_count; i++) {
        const struct shard_file *file = &entry->files[i];

        hash128_print(file->hash, hash);
        more = xprintf("%s%s{\"name\":\"%s\",\"bytes\":%llu,"
                       "\"xxh128\":\"%s\"}",
                       line, i > 0 ? "," : "", file->name,
                       (unsigned long long)file->bytes, hash);
        free(line);
        line = more;
    }
    more = xprintf("%s]}", line);
    free(line);
    return more;
}

/* ---- reading ---- */

static bool get_count(struct slice object, const char *key, uint64_t *count)
{
    struct json_member m;

    *count = 0;
    if (!json_find(object, slice_from(key), &m) || m.kind != JSON_NUMBER ||
        m.value.len > 18)
        return false;
    for (size_t i = 0; i < m.value.len; i++) {
        if (m.value.ptr[i] < '0' || m.value.ptr[i] > '9')
            return false;
        *count = *count * 10 + (uint64_t)(m.value.ptr[i] - '0');
    }
    return true;
}

/* A string without escapes: all that we write are. */
static bool get_text(struct slice object, const char *key, struct slice *text)
{
    struct json_member m;

    if (!json_find(object, slice_from(key), &m) || m.kind != JSON_STRING)
        return false;
    *text = slice_make(m.value.ptr + 1, m.value.len - 2);
    return !memchr(text->ptr, '\\', text->len);
}

static bool get_name(struct slice object, char **name)
{
    struct slice text;

    if (!get_text(object, "name", &text) || text.len == 0 ||
        text.ptr[0] == '.' || memchr(text.ptr, '/', text.len))
        return false;
    *name = xprintf("%.*s", (int)text.len, text.ptr);
    return true;
}

static bool get_hash(struct slice object, const char *key,
                     struct hash128 *hash)
{
    uint64_t words[2] = { 0, 0 };
    struct slice text;

    if (!get_text(object, key, &text) || text.len != 32)
        return false;
    for (size_t i = 0; i < 32; i++) {
        const char *digits = "0123456789abcdef";
        const char *digit = memchr(digits, text.ptr[i], 16);

        if (!digit)
            return false;
        words[i / 16] = words[i / 16] << 4 | (uint64_t)(digit - digits);
    }
    *hash = (struct hash128){ words[0], words[1] };
    return true;
}

static bool add_file(void *context, struct slice value, enum json_kind kind)
{
    struct shard_entry *entry = context;
    struct shard_file *file = &entry->files[entry->file_count];

    if (kind != JSON_OBJECT || entry->file_count == SHARD_FILES_MAX ||
        !get_name(value, &file->name))
        return false;
    entry->file_count++;
    return get_count(value, "bytes", &file->bytes) &&
           get_hash(value, "xxh128", &file->hash);
}

static bool get_entry(struct slice line, struct shard_entry *entry)
{
    struct json_member files;
    struct fault fault;
    struct slice format;

    *entry = (struct shard_entry){ 0 };
    if (line.len == 0 || line.ptr[0] != '{' || !json_check(line, &fault) ||
        !get_name(line, &entry->name))
        return false;
    return get_text(line, "format", &format) &&
           (entry->format = shard_format_find(format)) &&
           get_count(line, "documents", &entry->documents) &&
           get_count(line, "tokens", &entry->tokens) &&
           get_hash(line, "digest", &entry->digest) &&
           json_find(line, slice_from("files"), &files) &&
           files.kind == JSON_ARRAY &&
           json_each(files.value, add_file, entry);
}

static bool read_settings(struct shard_record *record, struct slice line)
{
    struct fault fault;
    struct slice object;
    uint64_t version;

    record->line = xprintf("%.*s", (int)line.len, line.ptr);
    record->settings = xprintf("%s]}", record->line);
    object = slice_from(record->settings);
    return line.len > 0 && line.ptr[0] == '{' && json_check(object, &fault) &&
           get_count(object, "manifest", &version) && version == 1 &&
           get_count(object, "appended_to", &record->first);
}

/* The entries, up to a line that is none; true if that is the end's. */
static bool read_entries(struct shard_record *record, struct slice text)
{
    size_t at = record->good_len;

    while (at < text.len) {
        const char *begin = text.ptr + at + 1; /* behind the newline */
        const char *end = memchr(begin, '\n', text.len - at - 1);
        struct slice line = { begin, end ? (size_t)(end - begin)
                                         : text.len - at - 1 };
        bool has_comma = line.len > 0 && line.ptr[line.len - 1] == ',';
        struct shard_entry entry;

        line.len -= has_comma;
        if (line.len > 0 && line.ptr[0] == ']')
            return true;
        if (!get_entry(line, &entry)) {
            entry_clear(&entry);
            return false;
        }
        record->entries = grow(record->entries, &record->cap,
                               record->count + 1, sizeof *record->entries);
        record->entries[record->count++] = entry;
        at += 1 + line.len;
        record->good_len = at;
        at += has_comma;
    }
    return false;
}

bool shard_record_read(struct shard_record *record, const char *path,
                       bool is_finished)
{
    struct slice text = { NULL, 0 };
    struct fault fault;
    const char *newline;
    char *bytes;
    bool ok;

    *record = (struct shard_record){ 0 };
    if (!file_read(path, MANIFEST_MAX, &bytes, &text.len, &fault))
        return false;
    text.ptr = bytes;
    newline = memchr(bytes, '\n', text.len);
    record->good_len = newline ? (size_t)(newline - bytes) : text.len;
    ok = read_settings(record, slice_make(bytes, record->good_len));
    if (ok && read_entries(record, text) != is_finished)
        ok = !is_finished;
    if (!ok)
        shard_record_clear(record);
    free(bytes);
    return ok;
}
