/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_tiktoken_write - .tiktoken, when it says the same.
 *
 * tiktoken merges whatever together is a token; ours merge the pairs that are
 * listed.  Take the first merge that tiktoken does and ours do not: it makes a
 * token t of two neighbours, and by the same steps ours make these two of the
 * bytes of t alone (derive.h), and stop.  So if no token ends as two parts when
 * its bytes are merged, there is no first such merge, and ids are the same.
 */
#include "src/base64.h"
#include "src/output.h"
#include "tokenizer/derive.h"
#include "tokenizer/vocab_tiktoken.h"

static bool is_ranked(const struct vocab_token *token)
{
    return token->flags & VOCAB_MODEL && token->key.ptr &&
           !(token->flags & VOCAB_ADDED);
}

/* Its special tokens are found nowhere or everywhere, and never swallow. */
static bool can_add(const struct vocab_token *token, size_t id,
                    struct fault *fault)
{
    if (!(token->flags & VOCAB_SPECIAL))
        return refuse(fault, "it is an added token and not special: tiktoken "
                             "has special ones alone", id);
    if (token->flags & (VOCAB_SINGLE_WORD | VOCAB_LSTRIP | VOCAB_RSTRIP))
        return refuse(fault, "tiktoken has no single_word, lstrip and rstrip",
                      id);
    return true;
}

/* `last` is the rank of the merge of the token before. */
static bool can_rank(const struct vocab *vocab, uint32_t id,
                     const struct bpe *bpe, int64_t *last,
                     struct fault *fault)
{
    size_t len = vocab->tokens[id].key.len;
    struct derivation d;

    if (len > DERIVE_MAX)
        return refuse(fault, "it has more than 8192 bytes", id);
    if (len == 1)
        return true;
    d = derive_merged(vocab, id, bpe);
    if (d.count == 2 || (d.count > 2 && !vocab->ignore_merges))
        return refuse(fault, "its bytes are merged into several tokens; "
                             "tiktoken would make it one", id);
    if (d.count == 1 && (int64_t)d.rank < *last)
        return refuse(fault, "its id is not in the order of the merges, which "
                             "is the only one that tiktoken has", id);
    if (d.count == 1)
        *last = d.rank;
    return true;
}

static bool can_merge(const struct vocab *vocab, struct fault *fault)
{
    for (size_t i = 0; i < vocab->merge_count; i++) {
        const struct vocab_merge *m = &vocab->merges[i];
        const uint32_t ids[] = { m->left, m->right, m->result };

        for (size_t j = 0; j < 3; j++)
            if (!is_ranked(&vocab->tokens[ids[j]]))
                return refuse(fault, "it is an added token, and there is a "
                                     "merge of it", ids[j]);
    }
    return true;
}

bool vocab_tiktoken_can(const struct vocab *vocab, struct fault *fault)
{
    struct bpe *bpe;
    int64_t last = -1;
    bool can = true;

    if (vocab_missing_byte(vocab) >= 0)
        return refuse(fault, "a byte has no token, and tiktoken needs all",
                      vocab->count);
    if (!can_merge(vocab, fault))
        return false;
    bpe = bpe_new(vocab);
    for (uint32_t id = 0; can && id < vocab->count; id++) {
        const struct vocab_token *token = &vocab->tokens[id];

        if (token->flags & VOCAB_ADDED)
            can = can_add(token, id, fault);
        else if (is_ranked(token))
            can = can_rank(vocab, id, bpe, &last, fault);
    }
    bpe_free(bpe);
    return can;
}

void vocab_tiktoken_save(const struct vocab *vocab, const char *path)
{
    struct output *out = output_open(path);
    struct arena arena = { 0 };

    for (size_t id = 0; id < vocab->count; id++) {
        const struct vocab_token *token = &vocab->tokens[id];

        if (!is_ranked(token))
            continue;
        output_write(out, base64_encode(token->key, &arena));
        output_print(out, " %zu\n", id);
        arena_reset(&arena);
    }
    arena_clear(&arena);
    output_close(out);
}
