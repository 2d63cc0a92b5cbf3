/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_spm - the reader of .model: the fields of a protocol buffer.
 *
 *     field    number << 3 | kind, a varint, then of kind
 *              0 a varint   1 eight bytes   2 a length and its bytes
 *              5 four bytes
 *
 * Memory while reading: the file, and 24 bytes for each piece beside the
 * vocabulary itself.
 */
#include "tokenizer/vocab_spm.h"

#include <stdlib.h>

#include "tokenizer/vocab_pieces.h"

enum { VARINT = 0, EIGHT = 1, BYTES = 2, FOUR = 5, BPE = 2 };

struct message {
    struct slice bytes;
    size_t at;
    const char *start;   /* of the file */
    struct fault *fault;
};

struct field {
    uint64_t number, value; /* value: of the varint, or the four bytes */
    unsigned kind;
    struct slice bytes;     /* of kind BYTES */
};

/* What the file says, with what it means when it does not. */
struct model {
    struct piece *pieces; /* [count] */
    size_t *at;           /* [count] where each stands */
    size_t count, cap, at_cap;
    uint64_t type;
    bool has_suffix, has_charsmap, has_prefix, is_trimmed, is_escaped;
};

static bool wrong(struct message *m, const char *what, size_t at)
{
    *m->fault = (struct fault){ what,
                                (size_t)(m->bytes.ptr - m->start) + at };
    return false;
}

static bool take_varint(struct message *m, uint64_t *value)
{
    *value = 0;
    for (unsigned shift = 0; shift < 64 && m->at < m->bytes.len; shift += 7) {
        unsigned char byte = (unsigned char)m->bytes.ptr[m->at++];

        *value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return true;
    }
    return wrong(m, "a number does not end", m->at);
}

static bool take_fixed(struct message *m, size_t len, uint64_t *value)
{
    if (len > m->bytes.len - m->at)
        return wrong(m, "a number goes past the end", m->at);
    *value = 0;
    for (size_t i = 0; i < len; i++)
        *value |= (uint64_t)(unsigned char)m->bytes.ptr[m->at++] << (8 * i);
    return true;
}

/* The next field; false at the end, or with a fault. */
static bool next_field(struct message *m, struct field *field)
{
    uint64_t tag, len;

    if (m->at == m->bytes.len || m->fault->what)
        return false;
    if (!take_varint(m, &tag))
        return false;
    field->number = tag >> 3;
    field->kind = (unsigned)(tag & 7);
    if (field->kind == VARINT)
        return take_varint(m, &field->value);
    if (field->kind == FOUR || field->kind == EIGHT)
        return take_fixed(m, field->kind == FOUR ? 4 : 8, &field->value);
    if (field->kind != BYTES)
        return wrong(m, "a field of an unknown kind", m->at);
    if (!take_varint(m, &len))
        return false;
    if (len > m->bytes.len - m->at)
        return wrong(m, "a length goes past the end", m->at);
    field->bytes = slice_make(m->bytes.ptr + m->at, (size_t)len);
    m->at += (size_t)len;
    return true;
}

static struct message inside(const struct message *m, struct slice bytes)
{
    return (struct message){ bytes, 0, m->start, m->fault };
}

static bool read_piece(struct message *m, struct piece *piece)
{
    struct field f;

    *piece = (struct piece){ .type = PIECE_NORMAL };
    while (next_field(m, &f)) {
        uint32_t bits = (uint32_t)f.value;

        if (f.number == 1 && f.kind == BYTES)
            piece->spell = f.bytes;
        else if (f.number == 2 && f.kind == FOUR)
            memcpy(&piece->score, &bits, sizeof bits);
        else if (f.number == 3 && f.kind == VARINT && f.value >= 1 &&
                 f.value <= PIECE_BYTE)
            piece->type = (enum piece_type)f.value;
        else if (f.number <= 3)
            return wrong(m, "a piece that is not understood", 0);
    }
    return !m->fault->what;
}

static bool read_trainer(struct message *m, struct model *model)
{
    struct field f;

    while (next_field(m, &f)) {
        if (f.kind != VARINT)
            continue;
        if (f.number == 3)
            model->type = f.value;
        if (f.number == 24)
            model->has_suffix = f.value != 0;
    }
    return !m->fault->what;
}

static bool read_normalizer(struct message *m, struct model *model)
{
    struct field f;

    while (next_field(m, &f)) {
        if (f.number == 2 && f.kind == BYTES)
            model->has_charsmap = f.bytes.len > 0;
        if (f.number == 3 && f.kind == VARINT)
            model->has_prefix = f.value != 0;
        if (f.number == 4 && f.kind == VARINT)
            model->is_trimmed = f.value != 0;
        if (f.number == 5 && f.kind == VARINT)
            model->is_escaped = f.value != 0;
    }
    return !m->fault->what;
}

static bool add_piece(struct message *m, struct model *model,
                      struct slice bytes)
{
    struct message part = inside(m, bytes);

    model->pieces = grow(model->pieces, &model->cap, model->count + 1,
                         sizeof *model->pieces);
    model->at = grow(model->at, &model->at_cap, model->count + 1,
                     sizeof *model->at);
    model->at[model->count] = (size_t)(bytes.ptr - m->start);
    return read_piece(&part, &model->pieces[model->count++]);
}

static bool read_model(struct message *m, struct model *model)
{
    struct field f;

    while (next_field(m, &f)) {
        struct message part;

        if (f.kind != BYTES)
            continue;
        part = inside(m, f.bytes);
        if ((f.number == 1 && !add_piece(m, model, f.bytes)) ||
            (f.number == 2 && !read_trainer(&part, model)) ||
            (f.number == 3 && !read_normalizer(&part, model)))
            return false;
    }
    return !m->fault->what;
}

static bool can_read(struct message *m, const struct model *model)
{
    if (model->type != BPE)
        return wrong(m, "this model type is not supported, only BPE", 0);
    if (model->has_charsmap)
        return wrong(m, "its normalization changes texts, which is not "
                        "supported: only identity", 0);
    if (model->is_trimmed)
        return wrong(m, "remove_extra_whitespaces is not supported", 0);
    if (!model->is_escaped || model->has_suffix)
        return wrong(m, "spaces are not spelled U+2581 before words, which is "
                        "not supported", 0);
    return true;
}

bool vocab_spm_is(struct slice text)
{
    struct fault fault = { 0 };
    struct message m = { text, 0, text.ptr, &fault }, part;
    struct piece piece;
    struct field f;

    /* No JSON: a byte 0x15 is before a score. */
    if (!next_field(&m, &f) || f.number != 1 || f.kind != BYTES)
        return false;
    part = inside(&m, f.bytes);
    return read_piece(&part, &piece) && piece.spell.len > 0 &&
           memchr(f.bytes.ptr, 0x15, f.bytes.len);
}

struct vocab *vocab_spm_read(struct slice text, struct fault *fault)
{
    struct message m = { text, 0, text.ptr, fault };
    struct model model = { .type = 1, .has_prefix = true, .is_trimmed = true,
                           .is_escaped = true };
    struct vocab *vocab = NULL;

    *fault = (struct fault){ 0 };
    if (read_model(&m, &model) && can_read(&m, &model)) {
        vocab = vocab_from_pieces(model.pieces, model.count,
                                  model.has_prefix ? VOCAB_SPACE_ALWAYS
                                                   : VOCAB_SPACE_NEVER,
                                  fault);
        if (!vocab)
            fault->at = fault->at < model.count ? model.at[fault->at] : 0;
    }
    free(model.pieces);
    free(model.at);
    return vocab;
}
