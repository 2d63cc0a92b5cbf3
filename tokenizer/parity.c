/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parity - n numbers compared before each merge.
 */
#include "tokenizer/parity.h"

#include <stdlib.h>

#include "src/fail.h"

void parity_open(struct parity *p, const struct parity_options *options,
                 const int64_t *sizes, size_t count)
{
    *p = (struct parity){ .count = count, .window = options->window };
    p->languages = xcalloc(count, sizeof *p->languages);
    for (size_t i = 0; i < count; i++) {
        struct parity_language *language = &p->languages[i];

        language->is_out = sizes[i] == 0;
        p->in_count += sizes[i] > 0;
        language->factor = 1;
        if (sizes[i] > 0 && (options->ratios || !options->dev))
            language->factor = (options->ratios ? options->ratios[i] : 1) /
                               (double)sizes[i];
    }
}

void parity_close(struct parity *p)
{
    free(p->languages);
    *p = (struct parity){ 0 };
}

static bool must_wait(const struct parity *p,
                      const struct parity_language *language)
{
    return p->window && (uint64_t)language->recent * p->in_count >
                            (uint64_t)PARITY_SHARE * PARITY_WINDOW;
}

size_t parity_choose(const struct parity *p, const int64_t *tokens)
{
    size_t best = p->count;
    bool best_waits = true;
    double most = 0;

    for (size_t i = 0; i < p->count; i++) {
        const struct parity_language *language = &p->languages[i];
        double cost = (double)tokens[i] * language->factor;
        bool waits = must_wait(p, language);

        if (language->is_out || (waits && !best_waits))
            continue;
        if (best == p->count || (best_waits && !waits) || cost > most) {
            best = i;
            best_waits = waits;
            most = cost;
        }
    }
    return best;
}

void parity_took(struct parity *p, size_t language)
{
    uint32_t *turn = &p->turns[p->turn_count % PARITY_WINDOW];

    if (p->turn_count++ >= PARITY_WINDOW)
        p->languages[*turn].recent--;
    *turn = (uint32_t)language;
    p->languages[language].recent++;
}

void parity_leave(struct parity *p, size_t language)
{
    p->languages[language].is_out = true;
}
