/* SPDX-License-Identifier: Apache-2.0 */
/*
 * options - any bytes as a line of a pipeline file: it splits or has a fault;
 * words written in quotes split into themselves.
 */
#include "src/options.h"

#include <stdlib.h>
#include <string.h>

#include "src/fail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void words_free(struct option_list *words)
{
    if (words->count > 0)
        free((char *)(uintptr_t)words->items[0]);
    option_list_clear(words);
}

/* 'it'\''s' for it's, as one writes it for a shell. */
static size_t quote(char *to, const char *word)
{
    size_t len = 0;

    to[len++] = '\'';
    for (; *word; word++) {
        if (*word == '\'') {
            memcpy(to + len, "'\\''", 4);
            len += 4;
        } else {
            to[len++] = *word;
        }
    }
    to[len++] = '\'';
    to[len++] = ' ';
    return len;
}

static void splits_again(const struct option_list *words, size_t size)
{
    char *line = xmalloc(size * 4 + words->count * 3 + 1);
    struct option_list again = { 0 };
    struct fault fault = { NULL, 0 };
    size_t len = 0;

    for (size_t i = 0; i < words->count; i++)
        len += quote(line + len, words->items[i]);
    must(options_split(line, len, &again, &fault));
    must(again.count == words->count);
    for (size_t i = 0; i < again.count; i++)
        must(strcmp(again.items[i], words->items[i]) == 0);
    words_free(&again);
    free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct option_list words = { 0 };
    struct fault fault = { NULL, 0 };
    size_t total = 0;

    if (!options_split((const char *)data, size, &words, &fault)) {
        must(fault.what != NULL && fault.at <= size);
        /* Words before the mistake may have been taken; the list tells. */
        words_free(&words);
        return 0;
    }
    must(fault.what == NULL);
    for (size_t i = 0; i < words.count; i++)
        total += strlen(words.items[i]);
    must(total <= size);
    splits_again(&words, size);
    words_free(&words);
    return 0;
}
