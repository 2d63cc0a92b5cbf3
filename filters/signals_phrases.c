/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals_phrases - what the lists of phrases find.
 */
#include "filters/linerules.h"
#include "filters/phrases.h"
#include "filters/signals.h"

void signals_measure_phrases(struct signals *s,
                             const struct signal_source *from)
{
    const struct record_words *table = from->table;
    uint64_t words = 0, boilerplate = 0, adult = 0;
    const uint8_t *kinds;

    struct line_phrases phrases = linerules_phrases(table->text);
    uint64_t lorem = phrases.count[PHRASE_LOREM];

    if (lorem == 0 && (from->found & FIND_LOREM))
        lorem = 1;
    s->value[SIGNAL_LOREM] = (int64_t)lorem * SIGNAL_ONE;
    s->value[SIGNAL_JAVASCRIPT] =
        (int64_t)phrases.count[PHRASE_JAVASCRIPT] * SIGNAL_ONE;
    s->value[SIGNAL_POLICY] =
        (int64_t)phrases.count[PHRASE_POLICY] * SIGNAL_ONE;
    s->value[SIGNAL_GONE_WORDS] = signals_share(from->gone_words,
                                               from->words_before);
    if (!from->phrases)
        return;
    kinds = from->kinds ? from->kinds
                        : phrases_mark(from->phrases, from->lang, table,
                                       from->scratch);
    for (size_t i = 0; i < table->word_count; i++) {
        words += !(table->words[i].flags & WORD_SYMBOL);
        boilerplate += (kinds[i] & (PHRASE_NOTICE | PHRASE_MENU)) != 0;
        adult += (kinds[i] & PHRASE_ADULT) != 0;
    }
    s->value[SIGNAL_BOILERPLATE] = signals_share(boilerplate, words);
    s->value[SIGNAL_ADULT] = signals_share(adult, words);
}
