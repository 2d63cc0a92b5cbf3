/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_spm_write - a .model file, fields in the order of their numbers.
 */
#include <stdlib.h>

#include "src/output.h"
#include "tokenizer/vocab_pieces.h"
#include "tokenizer/vocab_spm.h"

enum { VARINT = 0, BYTES = 2, FOUR = 5, BPE = 2 };

/* A message that is being written, for its length stands before it. */
struct message {
    char *bytes;
    size_t len, cap;
};

static void put(struct message *m, const void *bytes, size_t len)
{
    m->bytes = grow(m->bytes, &m->cap, m->len + len, 1);
    memcpy(m->bytes + m->len, bytes, len);
    m->len += len;
}

static void put_varint(struct message *m, uint64_t value)
{
    unsigned char byte;

    do {
        byte = (unsigned char)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
        put(m, &byte, 1);
        value >>= 7;
    } while (value > 0);
}

/* A negative number has ten bytes, as in two's complement of 64 bits. */
static void put_number(struct message *m, unsigned field, int64_t value)
{
    put_varint(m, field << 3 | VARINT);
    put_varint(m, (uint64_t)value);
}

static void put_bytes(struct message *m, unsigned field, struct slice bytes)
{
    put_varint(m, field << 3 | BYTES);
    put_varint(m, bytes.len);
    if (bytes.len > 0)
        put(m, bytes.ptr, bytes.len);
}

static void put_score(struct message *m, unsigned field, float score)
{
    unsigned char bytes[4];
    uint32_t bits;

    memcpy(&bits, &score, sizeof bits);
    for (unsigned i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(bits >> (8 * i));
    put_varint(m, field << 3 | FOUR);
    put(m, bytes, sizeof bytes);
}

/* The message as a field of the one above it; it is empty again. */
static void put_message(struct message *m, unsigned field,
                        struct message *part)
{
    put_bytes(m, field, slice_make(part->bytes, part->len));
    part->len = 0;
}

static void put_pieces(struct message *m, const struct piece *pieces,
                       size_t count)
{
    struct message part = { 0 };

    for (size_t i = 0; i < count; i++) {
        put_bytes(&part, 1, pieces[i].spell);
        put_score(&part, 2, pieces[i].score);
        if (pieces[i].type != PIECE_NORMAL)
            put_number(&part, 3, pieces[i].type);
        put_message(m, 1, &part);
    }
    free(part.bytes);
}

static void put_special(struct message *m, unsigned id_field,
                        unsigned spell_field, const struct piece *pieces,
                        uint32_t id)
{
    put_number(m, id_field, id == VOCAB_NONE ? -1 : (int64_t)id);
    if (id != VOCAB_NONE)
        put_bytes(m, spell_field, pieces[id].spell);
}

static void put_trainer(struct message *m, const struct vocab *vocab,
                        const struct piece *pieces, uint32_t eos)
{
    struct message part = { 0 };
    uint32_t bos = VOCAB_NONE;

    vocab_find_added(vocab, slice_from("<s>"), &bos);
    put_number(&part, 3, BPE);
    put_number(&part, 4, (int64_t)vocab->count);
    put_number(&part, 35, vocab->fallback != NULL);
    put_special(&part, 40, 45, pieces, vocab->unk);
    put_special(&part, 41, 46, pieces, bos);
    put_special(&part, 42, 47, pieces, eos);
    put_number(&part, 43, -1);
    put_message(m, 2, &part);
    free(part.bytes);
}

static void put_normalizer(struct message *m, const struct vocab *vocab)
{
    struct message part = { 0 };

    put_bytes(&part, 1, slice_from("identity"));
    put_bytes(&part, 2, slice_from(""));
    put_number(&part, 3, vocab->space == VOCAB_SPACE_ALWAYS);
    put_number(&part, 4, 0);
    put_number(&part, 5, 1);
    put_message(m, 3, &part);
    free(part.bytes);
}

bool vocab_spm_save(const struct vocab *vocab, uint32_t eos, const char *path,
                    struct fault *fault)
{
    struct piece *pieces = xcalloc(vocab->count + 1, sizeof *pieces);
    struct arena arena = { 0 };
    struct message m = { 0 };
    bool ok = vocab_to_pieces(vocab, pieces, &arena, fault);

    if (ok) {
        struct output *out = output_open(path);

        put_pieces(&m, pieces, vocab->count);
        put_trainer(&m, vocab, pieces, eos);
        put_normalizer(&m, vocab);
        output_write(out, slice_make(m.bytes, m.len));
        output_close(out);
    }
    free(m.bytes);
    arena_clear(&arena);
    free(pieces);
    return ok;
}
