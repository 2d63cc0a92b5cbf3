/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_bpe - vocab.json and merges.txt.
 */
#include "tokenizer/vocab_bpe.h"

#include <stdlib.h>

#include "src/fail.h"
#include "src/json.h"
#include "src/output.h"

static struct output *open_in(const char *directory, const char *name)
{
    char *path = xprintf("%s/%s", directory, name);
    struct output *out = output_open(path);

    free(path);
    return out;
}

void vocab_bpe_save(const struct vocab *vocab, const char *directory)
{
    struct output *tokens = open_in(directory, "vocab.json");
    struct output *merges = open_in(directory, "merges.txt");
    struct arena arena = { 0 };
    const char *before = "{";

    for (uint32_t id = 0; id < vocab_model_end(vocab); id++) {
        output_write(tokens, slice_from(before));
        output_write(tokens,
                     json_escape(vocab_spell(vocab, id, &arena), &arena));
        output_print(tokens, ":%u", id);
        before = ",";
        arena_reset(&arena);
    }
    output_print(tokens, before[0] == ',' ? "}" : "{}");
    output_print(merges, "#version: 0.2\n");
    for (size_t i = 0; i < vocab->merge_count; i++) {
        output_write(merges,
                     vocab_spell(vocab, vocab->merges[i].left, &arena));
        output_write(merges, slice_make(" ", 1));
        output_write(merges,
                     vocab_spell(vocab, vocab->merges[i].right, &arena));
        output_write(merges, slice_make("\n", 1));
        arena_reset(&arena);
    }
    arena_clear(&arena);
    output_close(merges);
    output_close(tokens);
}
