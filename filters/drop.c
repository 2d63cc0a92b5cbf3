/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drop - drop the documents that a list of mlin cluster has as copies; what
 * stays learns its cluster and how large that is.
 *
 * A document is looked up by the hash of its id and text, so order and sharding
 * do not matter.  Of a record that came several times with the same id and text
 * the first is kept in each run of drop.  Memory: the list is mapped; 30 bytes
 * for each kept record that came twice.
 */
#include <inttypes.h>
#include <stdio.h>

#include "filters/clusterlist.h"
#include "filters/sketchbook.h"
#include "src/hashset.h"
#include "src/stage.h"

struct drop {
    const char *path; /* --list */
    bool is_bare;     /* --bare */
    struct clusterlist *list;
    struct hashset seen;
};

static void drop_open(void *self, const struct setup *setup)
{
    struct drop *drop = self;
    struct fault fault;

    (void)setup;
    if (!drop->path)
        usage_error("--list FILE is needed: what mlin cluster wrote");
    drop->list = clusterlist_open(drop->path, &fault);
    if (!drop->list)
        die("%s: %s", drop->path, fault.what);
}

/* Why, for what goes; where to, for what stays. */
static void add_fields(const struct drop *drop, struct batch *b,
                       struct record *r, const uint64_t *entry)
{
    const struct slice *names = b->schema.names;
    char cluster[24];

    if (drop->is_bare)
        return;
    if (!entry) {
        record_add_count(b, r, names[KEY_CLUSTER_SIZE], 1);
        return;
    }
    snprintf(cluster, sizeof cluster, "%016" PRIx64, entry[LIST_CLUSTER]);
    record_add_text(b, r, names[KEY_CLUSTER], slice_from(cluster));
    record_add_count(b, r, names[KEY_CLUSTER_SIZE], entry[LIST_SIZE]);
    record_add_count(b, r, slice_from("cluster_rank"), entry[LIST_RANK]);
}

static void add_witness(const struct drop *drop, struct batch *b,
                        struct record *r, const uint64_t *entry)
{
    struct slice name = clusterlist_name(drop->list, entry);
    struct slice key = b->schema.names[KEY_DUP_OF];
    char uid[24];

    if (name.len > 0) {
        record_add_json(b, r, key, name);
    } else {
        snprintf(uid, sizeof uid, "uid:%016" PRIx64, entry[LIST_KEPT]);
        record_add_text(b, r, key, slice_from(uid));
    }
    record_add_number(b, r, slice_from("dup_jaccard"),
                      clusterlist_thousandths(entry[LIST_LIKENESS]) / 1000.0,
                      3);
}

static void drop_map(const void *self, struct batch *b)
{
    const struct drop *drop = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        const uint64_t *entry = clusterlist_find(
            drop->list, sketchbook_uid(r->value[KEY_ID], r->text));

        r->note = (void *)(uintptr_t)entry;
        add_fields(drop, b, r, entry);
        if (!entry || entry[LIST_RANK] == 0)
            continue;
        add_witness(drop, b, r, entry);
        if (clusterlist_is_exact(entry[LIST_LIKENESS]))
            record_drop(r, "duplicate");
        else
            record_drop(r, "near duplicate");
    }
}

static void drop_fold(void *self, struct batch *b)
{
    struct drop *drop = self;

    for (size_t i = 0; i < b->count; i++) {
        struct record *r = &b->records[i];
        const uint64_t *entry = r->note;

        if (!entry || clusterlist_copies(entry[LIST_LIKENESS]) < 2 ||
            entry[LIST_RANK] > 0)
            continue;
        if (hashset_add(&drop->seen, (struct hash128){ entry[LIST_UID], 1 }))
            continue;
        add_witness(drop, b, r, entry); /* itself */
        record_drop(r, "repeated record");
    }
}

static void drop_close(void *self, const struct setup *setup)
{
    struct drop *drop = self;

    (void)setup;
    hashset_clear(&drop->seen);
    clusterlist_close(drop->list);
}

static const struct option drop_options[] = {
    { "list", OPTION_TEXT, offsetof(struct drop, path), NULL, "FILE",
      "what mlin cluster wrote" },
    { "bare", OPTION_FLAG, offsetof(struct drop, is_bare), NULL, NULL,
      "do not write cluster, cluster_size and cluster_rank" },
    { 0 }
};

const struct stage drop_stage = {
    .name = "drop",
    .summary = "drop the copies that mlin cluster found",
    .options = drop_options,
    .size = sizeof(struct drop),
    .open = drop_open,
    .map = drop_map,
    .fold = drop_fold,
    .close = drop_close,
};
