/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clusterlist - written once from front to back, mapped to be read.
 */
#include "filters/clusterlist.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/fail.h"
#include "src/output.h"

enum { END_WORDS = 8, ENTRY_BYTES = CLUSTERLIST_WORDS * 8 };

/* End: magic, entries, where they begin, 4 words of zero, sum of all before. */
#define MAGIC "mlinlst1"

struct clusterlist_writer {
    struct output *output;
    struct hash_stream *sum;
    uint64_t count, entries_at;
};

struct clusterlist_writer *clusterlist_create(const char *path)
{
    struct clusterlist_writer *w = xcalloc(1, sizeof *w);

    w->output = output_open(path);
    w->sum = hash_stream_new();
    return w;
}

static void put(struct clusterlist_writer *w, const void *bytes, size_t len)
{
    struct slice all = slice_make(bytes, len);

    hash_stream_add(w->sum, all);
    output_write(w->output, all);
}

uint64_t clusterlist_add_name(struct clusterlist_writer *w, struct slice name)
{
    uint64_t at = output_bytes(w->output);
    uint16_t len = (uint16_t)name.len;

    put(w, &len, sizeof len);
    put(w, name.ptr, len);
    return at;
}

/* Entries begin at a multiple of 8. */
static void begin_entries(struct clusterlist_writer *w)
{
    static const char zeros[8];

    put(w, zeros, (size_t)(-output_bytes(w->output) & 7));
    w->entries_at = output_bytes(w->output);
}

void clusterlist_add(struct clusterlist_writer *w, const uint64_t *entry)
{
    if (w->count++ == 0)
        begin_entries(w);
    put(w, entry, ENTRY_BYTES);
}

void clusterlist_publish(struct clusterlist_writer *w)
{
    uint64_t end[END_WORDS] = { 0 };

    if (w->count == 0)
        begin_entries(w);
    memcpy(&end[0], MAGIC, 8);
    end[1] = w->count;
    end[2] = w->entries_at;
    put(w, end, sizeof end - 8);
    end[7] = hash_stream_take(w->sum).low;
    output_write(w->output, slice_make((const char *)&end[7], 8));
    output_close(w->output);
    hash_stream_free(w->sum);
    free(w);
}

struct clusterlist {
    char *bytes;
    size_t len;
    const uint64_t *entries;
    uint64_t count, names_len;
};

static bool map_file(struct clusterlist *list, const char *path,
                     struct fault *fault)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status = { 0 };
    void *bytes = MAP_FAILED;
    const char *what = NULL;

    if (fd < 0 || fstat(fd, &status) < 0)
        what = strerror(errno);
    else if (status.st_size < END_WORDS * 8 || status.st_size % 8 != 0)
        what = "not a list of mlin cluster, or cut short";
    list->len = (size_t)status.st_size;
    if (!what) {
        bytes = mmap(NULL, list->len, PROT_READ, MAP_SHARED, fd, 0);
        if (bytes == MAP_FAILED)
            what = strerror(errno);
        else
            list->bytes = bytes;
    }
    if (fd >= 0)
        close(fd);
    return !what || refuse(fault, what, list->len);
}

static bool check(struct clusterlist *list, struct fault *fault)
{
    size_t end_at = list->len - END_WORDS * 8;
    uint64_t end[END_WORDS];

    memcpy(end, list->bytes + end_at, sizeof end);
    if (memcmp(&end[0], MAGIC, 8) != 0)
        return refuse(fault, "not a list of mlin cluster, or cut short",
                      end_at);
    if (hash128(slice_make(list->bytes, list->len - 8)).low != end[7])
        return refuse(fault, "the file is damaged: its checksum is wrong",
                      end_at);
    if (end[2] % 8 != 0 || end[2] > end_at ||
        (end_at - end[2]) % ENTRY_BYTES != 0 ||
        (end_at - end[2]) / ENTRY_BYTES != end[1])
        return refuse(fault, "its counts disagree", end_at);
    list->entries = (const uint64_t *)(const void *)(list->bytes + end[2]);
    list->count = end[1];
    list->names_len = end[2];
    return true;
}

struct clusterlist *clusterlist_open(const char *path, struct fault *fault)
{
    struct clusterlist *list = xcalloc(1, sizeof *list);

    if (map_file(list, path, fault) && check(list, fault))
        return list;
    clusterlist_close(list);
    return NULL;
}

uint64_t clusterlist_count(const struct clusterlist *list)
{
    return list->count;
}

/*
 * Uids are spread evenly, so where one must be can be told; a step that does
 * not help (uids chosen by an enemy) is followed by one that halves.
 */
const uint64_t *clusterlist_find(const struct clusterlist *list, uint64_t uid)
{
    uint64_t low = 0, high = list->count; /* low <= at < high */
    bool halve = false;

    while (low < high) {
        const uint64_t *first = list->entries + low * CLUSTERLIST_WORDS;
        const uint64_t *last = list->entries + (high - 1) * CLUSTERLIST_WORDS;
        uint64_t at = low + (high - low) / 2;
        const uint64_t *entry;

        if (uid < first[LIST_UID] || uid > last[LIST_UID])
            return NULL;
        if (!halve && last[LIST_UID] > first[LIST_UID])
            at = low + (uint64_t)((double)(uid - first[LIST_UID]) /
                                  (double)(last[LIST_UID] - first[LIST_UID]) *
                                  (double)(high - 1 - low));
        if (at >= high)
            at = high - 1;
        entry = list->entries + at * CLUSTERLIST_WORDS;
        if (entry[LIST_UID] == uid)
            return entry;
        if (entry[LIST_UID] < uid)
            low = at + 1;
        else
            high = at;
        halve = !halve;
    }
    return NULL;
}

struct slice clusterlist_name(const struct clusterlist *list,
                              const uint64_t *entry)
{
    uint64_t at = entry[LIST_NAME];
    uint16_t len;

    if (at > list->names_len || list->names_len - at < sizeof len)
        return slice_make("", 0);
    memcpy(&len, list->bytes + at, sizeof len);
    if (len > list->names_len - at - sizeof len)
        return slice_make("", 0);
    return slice_make(list->bytes + at + sizeof len, len);
}

void clusterlist_close(struct clusterlist *list)
{
    if (list->bytes)
        munmap(list->bytes, list->len);
    free(list);
}
