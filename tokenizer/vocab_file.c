/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocab_file - reading a file, and handing it to the reader of its format.
 *
 * Memory while reading: the file; of GGUF, behind whose vocabulary gigabytes of
 * weights stand, its first 256 MB.
 */
#include "tokenizer/vocab_file.h"

#include <stdlib.h>

#include "src/compress.h"
#include "tokenizer/pretokenize.h"
#include "tokenizer/vocab_gguf.h"
#include "tokenizer/vocab_json.h"
#include "tokenizer/vocab_spm.h"
#include "tokenizer/vocab_tiktoken.h"

/*
 * The largest tokenizer.json in use (Gemma's, pretty-printed) has 34 MB, and it
 * may stand in a GGUF beside the tokens.
 */
enum { FILE_MAX = 1 << 30, GGUF_MAX = 256 << 20, STEP = 1 << 20 };

/* The bytes of a file, free() them; NULL with a fault. */
static char *read_bytes(const char *path, size_t *len, struct fault *fault)
{
    struct reader *reader = reader_open(path, fault);
    size_t cap = 0, got;
    char *bytes = NULL;

    *len = 0;
    if (!reader)
        return NULL;
    do {
        bytes = grow(bytes, &cap, *len + STEP, 1);
        got = reader_read(reader, bytes + *len, cap - *len, fault);
        *len += got;
        if (*len >= GGUF_MAX && vocab_gguf_is(slice_make(bytes, *len)))
            break;
        if (!fault->what && *len > FILE_MAX)
            *fault = (struct fault){ "the file is larger than allowed",
                                     FILE_MAX };
    } while (got > 0 && !fault->what);
    reader_close(reader);
    if (!fault->what)
        return bytes;
    free(bytes);
    return NULL;
}

struct vocab *vocab_load(const char *path, struct fault *fault)
{
    struct vocab *vocab;
    struct slice text;
    char *bytes;

    *fault = (struct fault){ 0 };
    bytes = read_bytes(path, &text.len, fault);
    if (!bytes)
        return NULL;
    text.ptr = bytes;
    if (vocab_gguf_is(text))
        vocab = vocab_gguf_read(text, fault);
    else if (vocab_spm_is(text))
        vocab = vocab_spm_read(text, fault);
    else if (vocab_tiktoken_is(text))
        vocab = vocab_tiktoken_read(text, path, fault);
    else
        vocab = vocab_json_read(text, fault);
    free(bytes);
    return vocab;
}

struct vocab *vocab_open(const char *path)
{
    struct fault fault;
    struct vocab *vocab = vocab_load(path, &fault);

    if (!vocab && fault.at == 0)
        die("%s: %s", path, fault.what);
    if (!vocab)
        die("%s: %s (byte %zu)", path, fault.what, fault.at);
    return vocab;
}

struct vocab *vocab_open_text(const char *path, const char *pretokenizer)
{
    struct vocab *vocab = vocab_open(path);
    struct pretokenizer p;
    struct fault fault = { 0 };

    if (!pretokenizer && !vocab->pretokenizer)
        die("%s does not say how text is cut: see --pretokenizer", path);
    if (!pretokenizer)
        return vocab;
    if (!pretokenizer_open(&p, pretokenizer, &fault))
        usage_error("--pretokenizer: %s (byte %zu)", fault.what, fault.at);
    free(vocab->pretokenizer);
    vocab->pretokenizer = xstrdup(pretokenizer_name(&p));
    vocab->nfc = vocab->nfc || pretokenizer_is_nfc(&p);
    pretokenizer_close(&p);
    return vocab;
}
