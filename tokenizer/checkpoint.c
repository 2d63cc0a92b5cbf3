/* SPDX-License-Identifier: Apache-2.0 */
/*
 * checkpoint - blocks of steps, each with the hash of all before it.
 */
#include "tokenizer/checkpoint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/fail.h"
#include "src/hash.h"

static const char magic[8] = "mlinmrg\1";

static uint64_t check_after(uint64_t check, const struct checkpoint_step *block)
{
    struct slice steps = slice_make((const char *)block,
                                    CHECKPOINT_BLOCK * sizeof *block);
    uint64_t link[2] = { check, hash64(steps) };

    return hash64(slice_make((const char *)link, sizeof link));
}

static _Noreturn void fail(const struct checkpoint *c)
{
    die("cannot write %s: %s", c->path, strerror(errno));
}

static void put(const struct checkpoint *c, const void *bytes, size_t len)
{
    if (fwrite(bytes, 1, len, c->file) != len)
        fail(c);
}

/* Take in whole blocks; false when the file is of another training. */
static bool read_blocks(struct checkpoint *c)
{
    char begin[8];
    uint64_t hash, check;

    if (fread(begin, 1, 8, c->file) != 8 || memcmp(begin, magic, 8) != 0 ||
        fread(&hash, sizeof hash, 1, c->file) != 1 || hash != c->hash)
        return false;
    while (fread(c->block, sizeof c->block, 1, c->file) == 1 &&
           fread(&check, sizeof check, 1, c->file) == 1 &&
           check == check_after(c->check, c->block)) {
        c->steps = grow(c->steps, &c->cap, c->count + CHECKPOINT_BLOCK,
                        sizeof *c->steps);
        memcpy(c->steps + c->count, c->block, sizeof c->block);
        c->count += CHECKPOINT_BLOCK;
        c->check = check;
    }
    return true;
}

void checkpoint_open(struct checkpoint *c, const char *path, uint64_t hash)
{
    *c = (struct checkpoint){ .hash = hash, .check = hash };
    if (!path)
        return;
    c->path = xstrdup(path);
    c->file = fopen(path, "r+b");
    if (!c->file)
        return;
    if (read_blocks(c)) {
        off_t end = (off_t)(sizeof magic + sizeof hash +
                            c->count / CHECKPOINT_BLOCK *
                                (sizeof c->block + sizeof c->check));

        if (ftruncate(fileno(c->file), end) != 0 ||
            fseeko(c->file, end, SEEK_SET) != 0)
            fail(c);
        return;
    }
    fclose(c->file);
    c->file = NULL;
}

bool checkpoint_next(struct checkpoint *c, struct checkpoint_step *step)
{
    if (c->at == c->count)
        return false;
    *step = c->steps[c->at++];
    return true;
}

void checkpoint_add(struct checkpoint *c, struct checkpoint_step step)
{
    if (!c->path)
        return;
    c->block[c->block_count++] = step;
    if (c->block_count < CHECKPOINT_BLOCK)
        return;
    c->block_count = 0;
    if (!c->file) {
        c->file = fopen(c->path, "wb");
        if (!c->file)
            fail(c);
        put(c, magic, sizeof magic);
        put(c, &c->hash, sizeof c->hash);
    }
    c->check = check_after(c->check, c->block);
    put(c, c->block, sizeof c->block);
    put(c, &c->check, sizeof c->check);
    if (fflush(c->file) != 0)
        fail(c);
}

void checkpoint_remove(struct checkpoint *c)
{
    if (c->file) {
        fclose(c->file);
        unlink(c->path);
    }
    free(c->path);
    free(c->steps);
    *c = (struct checkpoint){ 0 };
}
