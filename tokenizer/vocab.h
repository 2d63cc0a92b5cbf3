/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab.h - a BPE vocabulary: tokens by id, merges by rank, and how text is
 * parted before merges apply.
 *
 * Ids are dense: 0 .. count-1.  A token stands in the model (the merges can
 * make it), among the added tokens (it is looked for in the text as a whole),
 * or in both, as the trainer's special tokens do.
 *
 * Merging begins with bytes, or (`is_chars`) with characters; one that has no
 * token is then said by tokens of its bytes, <0x00> to <0xFF>.  There a space
 * is spelled U+2581, and that is taken for a space in a text, too: `bytes` and
 * `key` have the space.  The tokens of bytes have no key.
 *
 * A vocabulary is built by one thread; afterwards any number may read it.
 */
#ifndef MLIN_TOKENIZER_VOCAB_H
#define MLIN_TOKENIZER_VOCAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/slice.h"

#define VOCAB_NONE UINT32_MAX /* no such token */

enum vocab_flags {
    VOCAB_MODEL = 1,       /* has a place in the model's vocabulary */
    VOCAB_ADDED = 2,       /* looked for in text as a whole */
    VOCAB_SPECIAL = 4,     /* added, and left out of text by readers that ask */
    VOCAB_SINGLE_WORD = 8, /* added: not inside of a word */
    VOCAB_LSTRIP = 16,     /* added: swallows white space to its left */
    VOCAB_RSTRIP = 32,     /* added: and to its right */
    VOCAB_NORMALIZED = 64  /* added: looked for after normalisation */
};

#define VOCAB_SPACE "\xe2\x96\x81" /* U+2581, how SentencePiece spells it */

/* The pattern of a vocabulary of characters in which spaces stand alone. */
#define VOCAB_EACH_SPACE " [^ ]*|[^ ]+"

/* Of a vocabulary of characters: is a space put before a text? */
enum vocab_space {
    VOCAB_SPACE_NEVER,
    VOCAB_SPACE_ALWAYS, /* before each stretch between added tokens */
    VOCAB_SPACE_UNLESS, /* the same, unless it begins with one */
    VOCAB_SPACE_FIRST   /* before the text, unless it begins with one */
};

struct vocab_token {
    struct slice bytes; /* what it stands for in text */
    struct slice key;   /* what merges make; ptr NULL = none can */
    struct slice spell; /* as tokenizer.json writes it; ptr NULL = by `bytes` */
    unsigned flags;
};

struct vocab_merge {
    uint32_t left, right, result; /* ids */
};

struct vocab {
    struct vocab_token *tokens; /* [count], by id */
    size_t count, cap;
    struct vocab_merge *merges; /* [merge_count], by rank */
    size_t merge_count, merge_cap;
    char *pretokenizer;         /* for pretokenizer_open(): a name or a regex;
                                   NULL = the file did not say */
    bool nfc;                   /* text is brought to NFC first */
    bool ignore_merges;         /* a pre-token that is a token stays whole */
    /* Tokens are made of characters, as SentencePiece has it; see below. */
    bool is_chars;
    enum vocab_space space;     /* put before a text */
    uint32_t *fallback;         /* [256] ids of bytes, or NULL */
    uint32_t unk;               /* for bytes without a token, or VOCAB_NONE */
    bool fuse_unk;              /* a run of such bytes is one unk */
    bool has_template;          /* the file asks for tokens around each text */
    bool has_limits;            /* the file asks for truncation or padding */
    struct arena arena;         /* the tokens' bytes */
    struct vocab_index {
        struct vocab_slot {
            uint32_t hash;      /* of its key: most others differ here */
            uint32_t number;    /* id + 1, 0 = free */
        } *slots;               /* [cap] */
        size_t cap, count;
    } model, whole;             /* by key; those that spell themselves */
};

/* An empty vocabulary, parted as `pretokenizer` says (copied; NULL = gpt2). */
struct vocab *vocab_new(const char *pretokenizer);
void vocab_free(struct vocab *vocab);

/*
 * An empty vocabulary of characters, with tokens for all bytes to be added; no
 * space is put before a text.
 */
struct vocab *vocab_new_chars(void);

/*
 * Append a model token; its id is the count so far.  The bytes are copied.
 * VOCAB_NONE, adding nothing, when the model has a token of these bytes.
 */
uint32_t vocab_add_token(struct vocab *vocab, struct slice bytes);

/* The model's token of these bytes, appended where there is none. */
uint32_t vocab_token(struct vocab *vocab, struct slice bytes);

/*
 * Append a special token as trainers place them: in the model and added, flags
 * VOCAB_SPECIAL, found in raw text.  `content` is what a person would type.
 * VOCAB_NONE, adding nothing, when it is there already.
 */
uint32_t vocab_add_special(struct vocab *vocab, struct slice content);

/*
 * Append any token: `spell` as in tokenizer.json, `flags` with VOCAB_MODEL,
 * VOCAB_ADDED or both.  VOCAB_NONE, adding nothing, when the model or the added
 * tokens have it already.  A model token whose spelling holds a character
 * outside of the byte alphabet below has no key.
 */
uint32_t vocab_add(struct vocab *vocab, struct slice spell, unsigned flags);

/*
 * Append a token that no text gives, for an id that a file leaves out: in the
 * model under a spelling with a blank, which the byte alphabet does not have.
 */
uint32_t vocab_add_unused(struct vocab *vocab);

/* Append a merge at the next rank; the keys must concatenate, else a bug(). */
void vocab_add_merge(struct vocab *vocab, uint32_t left, uint32_t right,
                     uint32_t result);

/*
 * Of characters, when all merges are in: where a token has a space behind
 * something else, a text may not be cut before its spaces.
 */
void vocab_settle_pieces(struct vocab *vocab);

/* The model token of these bytes, or the added token of this content. */
bool vocab_find(const struct vocab *vocab, struct slice bytes, uint32_t *id);
bool vocab_find_added(const struct vocab *vocab, struct slice content,
                      uint32_t *id);

/*
 * One past the last token of the model.  Files that list the model by itself
 * list all tokens up to here, added ones too: Hugging Face gives those that are
 * not in the list the ids after it.
 */
size_t vocab_model_end(const struct vocab *vocab);

/* The first byte that has no token of its own, or -1. */
int vocab_missing_byte(const struct vocab *vocab);

/*
 * The 256 bytes as tokenizer.json spells them: 0x21-7E, A1-AC and AE-FF are the
 * code points of the same number, the other 68 are U+0100 ... U+0143 in order.
 */
uint32_t vocab_byte_char(unsigned char byte);

/* The byte that a code point spells, or -1. */
int vocab_char_byte(uint32_t code_point);

/*
 * The bytes that a spelling stands for, written to `bytes` (spell.len bytes of
 * room); false when it has a character outside of the alphabet.
 */
bool vocab_spell_bytes(struct slice spell, char *bytes, size_t *len);

/* A spelling of a vocabulary of characters; bytes[spell.len] of room. */
size_t vocab_char_spell(struct slice spell, char *bytes);

/* The spelling of bytes, or of a token, made in the arena. */
struct slice vocab_bytes_spell(struct slice bytes, struct arena *arena);
struct slice vocab_spell(const struct vocab *vocab, uint32_t id,
                         struct arena *arena);

#endif
