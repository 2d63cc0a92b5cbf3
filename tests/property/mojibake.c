/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mojibake - sentences in many languages, misread once and twice in each
 * charset, come back; as they are, they stay.
 */
#include "filters/mojibake.h"

#include "filters/mojibake_table.h"
#include "src/utf8.h"
#include "tests/check.h"

static struct arena arena;
static struct mojibake repairs;

static const char *const sentences[] = {
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Zażółć gęślą jaźń, proszę bardzo.",
    "Der Bäcker würde öfter süße Brötchen backen – „groß“.",
    "L’été dernier, nous étions à Noël déjà fatigués…",
    "Все люди рождаются свободными и равными.",
    "Рёбра и её ёлка; Рим, Сочи, Вена.",
    "Всички хора се раждат свободни и равни.",
    "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι.",
    "Árvíztűrő tükörfúrógép, ősz és tél.",
    "Il-poplu Malti jħobb l-għana u ż-żfin.",
    "Šešios žąsys su šešiais žąsyčiais; ačiū už dėmesį.",
    "Glāžšķūņa rūķīši dzērumā čiepj Baha koncertflīģeļu vākus.",
    "İstanbul'da güneşli bir gün; çok güzel bir şey.",
    "Õde ütles: öö on jäine, hääd õhtut!",
    "În țară șoarecii rod știuleții; „așa” zic.",
    "Ísland er kalt, þó ekki í ágúst; ævi mín.",
    "Љубазни фењерџија чађавог лица хоће да покаже штос.",
    "Tá an ghrian ag taitneamh; fáilte romhat, a Shéamuis.",
};

enum { SENTENCES = sizeof sentences / sizeof *sentences };

static struct slice repair(struct slice text)
{
    return mojibake_repair(&repairs, text, &arena);
}

/* Each byte above ASCII read as a character of the charset. */
static struct slice misread(struct slice text, int charset)
{
    char *out = arena_alloc(&arena, 3 * text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];

        len += utf8_put(out + len, byte < 0x80
                                       ? byte
                                       : mojibake_table[charset][byte - 0x80]);
    }
    return slice_make(out, len);
}

int main(void)
{
    mojibake_init(&repairs);
    for (size_t s = 0; s < SENTENCES; s++) {
        struct slice text = slice_from(sentences[s]);

        check_that(repair(text).ptr == text.ptr, "%s",
                   sentences[s]);
        for (int i = 0; i < MOJIBAKE_CHARSETS; i++) {
            struct slice once = misread(text, i), twice = misread(once, i);

            check_that(slice_equal(repair(once), text),
                       "charset %d, %.*s", i, (int)once.len, once.ptr);
            check_that(slice_equal(repair(twice), text),
                       "twice, charset %d, %s", i, sentences[s]);
        }
        arena_reset(&arena);
    }
    arena_clear(&arena);
    return check_done();
}
