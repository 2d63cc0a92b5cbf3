/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_tiktoken - the reader of tiktoken's lists of ranks.
 *
 * tiktoken has no merges; they follow from the ranks, one for each token: the
 * pair that its own way of merging puts together last (derive.h).  A token that
 * it cannot make has none, and is only given where it is a whole pre-token.
 *
 * Ids that the file leaves out become unused tokens, for ours are dense; there
 * may be as many as there are others, so that a hostile rank asks for no
 * memory.
 *
 * Memory while reading: the file, and 40 bytes for each token beside the
 * vocabulary itself.
 */
#include "tokenizer/vocab_tiktoken.h"

#include <stdlib.h>

#include "src/base64.h"
#include "tokenizer/derive.h"

/* OpenAI's own, by the names of their files. */
static const struct known {
    const char *name, *pretokenizer;
    struct {
        const char *content;
        uint32_t id;
    } specials[6];
} known_files[] = {
    { "gpt2", "gpt2", { { "<|endoftext|>", 50256 } } },
    { "r50k_base", "gpt2", { { "<|endoftext|>", 50256 } } },
    { "p50k_base", "gpt2", { { "<|endoftext|>", 50256 } } },
    { "cl100k_base", "cl100k_base",
      { { "<|endoftext|>", 100257 }, { "<|fim_prefix|>", 100258 },
        { "<|fim_middle|>", 100259 }, { "<|fim_suffix|>", 100260 },
        { "<|endofprompt|>", 100276 } } },
    { "o200k_base", "o200k",
      { { "<|endoftext|>", 199999 }, { "<|endofprompt|>", 200018 } } },
};

struct entry {
    struct slice bytes;
    unsigned flags;  /* 0 = unused */
    size_t at;       /* in the text */
};

struct reading {
    struct slice text;
    struct arena arena;
    struct line {
        uint32_t id;
        struct entry entry;
    } *lines;
    size_t count, cap;
    uint32_t id_max;
    struct vocab *vocab;
    struct fault *fault;
};

static bool wrong(struct reading *r, const char *what, size_t at)
{
    *r->fault = (struct fault){ what, at };
    return false;
}

/* The line that begins at `at`, without its end. */
static struct slice line_at(struct slice text, size_t at)
{
    const char *start = text.ptr + at;
    const char *end = memchr(start, '\n', text.len - at);
    size_t len = end ? (size_t)(end - start) : text.len - at;

    if (len > 0 && start[len - 1] == '\r')
        len--;
    return slice_make(start, len);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool vocab_tiktoken_is(struct slice text)
{
    struct slice line = text.len > 0 ? line_at(text, 0) : text;
    size_t at = 0;

    while (at < line.len && (unsigned char)line.ptr[at] > ' ')
        at++;
    if (at == 0 || line.ptr[0] == '{' || at + 1 >= line.len ||
        line.ptr[at] != ' ')
        return false;
    for (at++; at < line.len; at++)
        if (!is_digit(line.ptr[at]))
            return false;
    return true;
}

static const struct known *find_known(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;

    for (size_t i = 0; i < sizeof known_files / sizeof *known_files; i++) {
        size_t len = strlen(known_files[i].name);

        if (strncmp(name, known_files[i].name, len) == 0 &&
            (name[len] == '.' || name[len] == '\0'))
            return &known_files[i];
    }
    return NULL;
}

static void line_add(struct reading *r, uint32_t id, struct entry entry)
{
    r->lines = grow(r->lines, &r->cap, r->count + 1, sizeof *r->lines);
    r->lines[r->count++] = (struct line){ id, entry };
    if (id > r->id_max)
        r->id_max = id;
}

static bool read_rank(struct reading *r, struct slice digits, size_t at,
                      uint32_t *rank)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < digits.len; i++) {
        if (!is_digit(digits.ptr[i]))
            return wrong(r, "a rank is not a number from 0 on", at);
        sum = sum * 10 + (uint64_t)(digits.ptr[i] - '0');
        if (sum > INT32_MAX)
            return wrong(r, "a rank of 2^31 or more", at);
    }
    *rank = (uint32_t)sum;
    return digits.len > 0 ||
           wrong(r, "a rank is not a number from 0 on", at);
}

static bool read_line(struct reading *r, struct slice line, size_t at)
{
    const char *blank = memchr(line.ptr, ' ', line.len);
    struct entry entry = { .flags = VOCAB_MODEL, .at = at };
    size_t len = blank ? (size_t)(blank - line.ptr) : line.len;
    uint32_t rank;

    if (!base64_decode(slice_make(line.ptr, len), &r->arena, &entry.bytes))
        return wrong(r, "a token is not in base64", at);
    if (entry.bytes.len == 0)
        return wrong(r, "a token without bytes", at);
    if (entry.bytes.len > DERIVE_MAX)
        return wrong(r, "a token of more than 8192 bytes", at);
    if (!blank)
        return wrong(r, "a token without a rank", at);
    if (!read_rank(r, slice_make(blank + 1, line.len - len - 1),
                   at + len + 1, &rank))
        return false;
    line_add(r, rank, entry);
    return true;
}

static bool read_lines(struct reading *r)
{
    for (size_t at = 0; at < r->text.len;) {
        struct slice line = line_at(r->text, at);
        const char *end;

        if (line.len > 0 && !read_line(r, line, at))
            return false;
        end = memchr(line.ptr + line.len, '\n',
                     r->text.len - at - line.len);
        at = end ? (size_t)(end - r->text.ptr) + 1 : r->text.len;
    }
    return true;
}

static void add_specials(struct reading *r, const struct known *known)
{
    for (size_t i = 0; known->specials[i].content; i++)
        line_add(r, known->specials[i].id,
                 (struct entry){ slice_from(known->specials[i].content),
                                 VOCAB_ADDED | VOCAB_SPECIAL, r->text.len });
}

static bool place_token(struct reading *r, const struct entry *entry)
{
    uint32_t id;

    if (entry->flags == 0)
        id = vocab_add_unused(r->vocab);
    else if (entry->flags & VOCAB_ADDED)
        id = vocab_add(r->vocab, entry->bytes, entry->flags);
    else
        id = vocab_add_token(r->vocab, entry->bytes);
    return id != VOCAB_NONE || wrong(r, "a token stands twice", entry->at);
}

static bool place_tokens(struct reading *r)
{
    struct entry *places;

    if (r->id_max / 2 >= r->count)
        return wrong(r, "more ids have no token than have one", r->text.len);
    places = arena_zero(&r->arena, (size_t)r->id_max + 1, sizeof *places);
    for (size_t i = 0; i < r->count; i++) {
        const struct line *line = &r->lines[i];

        if (places[line->id].flags != 0)
            return wrong(r, "two tokens have this rank, or it is that of a "
                            "special token", line->entry.at);
        places[line->id] = line->entry;
    }
    for (size_t id = 0; id <= r->id_max; id++)
        if (!place_token(r, &places[id]))
            return false;
    if (vocab_missing_byte(r->vocab) >= 0)
        return wrong(r, "a byte has no token", r->text.len);
    return true;
}

/* tiktoken's rule: what is a token can be merged, and its id is the rank. */
static bool any_pair(const void *context, struct slice span, uint32_t left,
                     uint32_t right, uint32_t *rank, uint32_t *result)
{
    (void)left;
    (void)right;
    if (!vocab_find(context, span, result))
        return false;
    *rank = *result;
    return true;
}

static void find_merges(struct vocab *vocab)
{
    for (uint32_t id = 0; id < vocab->count; id++) {
        struct derivation d;

        if (vocab->tokens[id].key.len < 2)
            continue;
        d = derive(vocab, id, any_pair, vocab);
        if (d.count == 1)
            vocab_add_merge(vocab, d.left, d.right, id);
    }
}

struct vocab *vocab_tiktoken_read(struct slice text, const char *path,
                                  struct fault *fault)
{
    const struct known *known = find_known(path);
    struct reading r = { .text = text, .fault = fault };
    struct vocab *vocab = NULL;

    *fault = (struct fault){ 0 };
    r.vocab = vocab_new(known ? known->pretokenizer : NULL);
    r.vocab->ignore_merges = true;
    if (!known) {
        free(r.vocab->pretokenizer);
        r.vocab->pretokenizer = NULL;
    }
    if (read_lines(&r)) {
        if (known)
            add_specials(&r, known);
        if (place_tokens(&r)) {
            find_merges(r.vocab);
            vocab = r.vocab;
        }
    }
    if (!vocab)
        vocab_free(r.vocab);
    arena_clear(&r.arena);
    free(r.lines);
    return vocab;
}
