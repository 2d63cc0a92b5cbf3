/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_national - numbers of persons in the member states.
 *
 * The rules are those of the registers, as their offices publish them.  A
 * number must stand behind a word for it where a random one of its form passes
 * more often than about once in 500 times, and where the rules say little: DK
 * (since 2007 without a check), LV (since 2017), MT.  Letters of a form count
 * as chance too: an Italian code is rare among runs of letters and digits.
 *
 * An exception are Danish numbers whose old check holds, once in 300 times:
 * their birthday is parted from the rest, as others seldom are.
 */
#include <string.h>

#include "filters/pii.h"
#include "filters/pii_form.h"
#include "filters/pii_register.h"

static const char *const any_words[] = {
    "personal number*", "national id*", "id number*", "identity*",
    "social security*", "tax id*", "tin", "ssn", "birth number*", NULL
};

#define WORDS(...) (const char *const[]){ __VA_ARGS__, NULL }

static const char *const cz_words[] = {
    "rc", "r c", "r.c.*", "r. c.*", "rodne*", "rodnym*", "rodnem*", "rodniho*",
    "rod c*", "rod. c*", "rod.c*", "nar.", "narozen*", "naroden*", NULL
};
static const char *const es_words[] = {
    "dni*", "d.n.i*", "nif*", "n.i.f*", "nie*", "n.i.e*", "documento nacional*",
    "documento de*", "identidad*", "identificacion*", "cif", NULL
};
static const char *const fr_words[] = {
    "nir", "n.i.r*", "securite soc*", "secu", "numero de secu*", "insee",
    "nss", "n ss", "n\u00b0 ss", "vitale", "assure social*", NULL
};
static const char *const ie_words[] = {
    "pps*", "p.p.s*", "psp*", "p.s.p*", "pearsanta", "rsi", NULL
};
static const char *const pt_words[] = {
    "cidadao*", "cc", "c.c.*", "cartao*", "identificacao*", "bilhete*", NULL
};
static const char *const se_words[] = {
    "personnummer*", "pnr*", "person nr*", "personnr*", "pers nr*",
    "samordningsnummer*", "fodd*", "id-nummer*", "id-nr*", NULL
};

static const struct entry {
    const char *form;
    bool (*check)(const char *code);
    const char *const *words; /* NULL: needs none */
} entries[] = {
    { "dddd_dddddd", pii_register_at,
      WORDS("svnr", "sv nr*", "sv-nr*", "vsnr", "versicherungsnummer*",
            "sozialversicherung*", "svn") },
    { "dd.dd.dd-ddd.dd", pii_register_be, NULL },
    { "dd_dd_dd_ddd_dd", pii_register_be,
      WORDS("rijksregister*", "insz", "niss", "registre national*",
            "numero national*", "nationalregister*", "rrn", "rr nr*", "nn") },
    { "dddddddddd", pii_register_bg,
      WORDS("egn", "\u0435\u0433\u043d",
            "\u0435\u0434\u0438\u043d\u0435\u043d "
            "\u0433\u0440\u0430\u0436\u0434*",
            "\u043b\u0438\u0447\u0435\u043d \u043d\u043e\u043c\u0435\u0440*") },
    { "ddddddddL", pii_register_cy,
      WORDS("tic", "\u03b1\u03c6\u03c4*", "tax*", "\u03b1\u03c6\u03bc",
            "\u03c6\u03bf\u03c1\u03bf\u03bb\u03bf\u03b3*") },
    { "dddddd_dddd", pii_register_cz, cz_words },
    { "dddddd_ddd", pii_register_cz_old, cz_words },
    { "dd_ddd_ddd_ddd", pii_register_de,
      WORDS("steuer*", "idnr*", "id-nr*", "tin", "stid*",
            "identifikationsnummer*") },
    { "dd_dddddd_L_ddd", pii_register_de_pension,
      WORDS("rentenversicherung*", "versicherungsnummer*", "versicherungsnr*",
            "sozialversicherung*", "rvnr", "rv nr*", "rv-nr*", "vsnr",
            "svnr", "sv nr*", "sv-nr*") },
    { "Lxxxxxxxxd", pii_register_de_card,
      WORDS("personalausweis*", "ausweis*", "pa nr*", "pa-nr*") },
    { "dddddd-dddd", pii_register_dk_old, NULL },
    { "dddddd_dddd", pii_register_dk,
      WORDS("cpr*", "personnummer*") },
    { "ddddddddddd", pii_register_baltic, NULL },
    { "L_ddddddd_L", pii_register_es, es_words },
    { "dddddddd_L", pii_register_es, es_words },
    { "dd.ddd.ddd_L", pii_register_es, es_words },
    { "dddddd-dddL", pii_register_fi, NULL },
    { "dddddd+dddL", pii_register_fi, NULL },
    { "dddddd-dddd", pii_register_fi, NULL },
    { "dddddd+dddd", pii_register_fi, NULL },
    { "ddddddLdddd", pii_register_fi, NULL },
    { "ddddddLdddL", pii_register_fi, NULL },
    { "d_dd_dd_dd_ddd_ddd_dd", pii_register_fr, fr_words },
    { "d_dd_dd_dL_ddd_ddd_dd", pii_register_fr_corsica, fr_words },
    { "ddddddddddd", pii_register_gr,
      WORDS("amka", "\u03b1\u03bc\u03ba\u03b1", "\u03b1 \u03bc \u03ba \u03b1",
            "a.m.k.a*", "\u03b1.\u03bc.\u03ba.\u03b1*") },
    { "ddddddddddd", pii_register_mod11_10,
      WORDS("oib*", "osobni identifik*") },
    { "d_dddddd_dddd", pii_register_hu,
      WORDS("szemelyi*", "szem szam*", "szem. szam*", "azonosito*") },
    { "ddd_ddd_ddd", pii_register_hu_health,
      WORDS("taj*", "tb szam*") },
    { "dddddddddd", pii_register_hu_tax,
      WORDS("ado*") },
    { "dddddddLL", pii_register_ie, ie_words },
    { "dddddddL", pii_register_ie, ie_words },
    { "dddd_dd_dd_ddd_dd", pii_register_lu, NULL },
    { "dddddd-ddddd", pii_register_lv, NULL },
    { "dddddd_ddddd", pii_register_lv_new,
      WORDS("personas kod*", "pers kod*", "p k", "p.k.*", "pk") },
    { "dddddddL", pii_register_mt,
      WORDS("id", "identita*", "karta*", "i.d.*", "kodici*") },
    { "ddddddL", pii_register_mt,
      WORDS("karta tal-identita*") },
    { "dddd_dd_ddd", pii_register_nl,
      WORDS("bsn*", "burgerservice*", "sofi*") },
    { "ddd_ddd_ddd", pii_register_nl,
      WORDS("bsn*", "burgerservice*", "sofi*") },
    { "ddddddddddd", pii_register_pl,
      WORDS("pesel*") },
    { "ddd_ddd_ddd", pii_register_pt,
      WORDS("nif", "contribuinte*", "n.i.f*", "nº contrib*", "fiscal*") },
    { "dddddddd_d_LLd", pii_register_pt_card, pt_words },
    { "dddddddd_d_dLd", pii_register_pt_card, pt_words },
    { "dddddddd_d_Ldd", pii_register_pt_card, pt_words },
    { "dddddddd_d_ddd", pii_register_pt_card, pt_words },
    { "ddddddddddddd", pii_register_ro, NULL },
    { "dddddd-dddd", pii_register_se, se_words },
    { "dddddd+dddd", pii_register_se, se_words },
    { "dddddddd-dddd", pii_register_se_long, NULL },
    { "dddddddddd", pii_register_se, se_words },
    { "dddddddddddd", pii_register_se_long, se_words },
    { "ddddddddddddd", pii_register_si, NULL },
};

/* Digits of an Italian code may be letters, so it has no form. */
static size_t find_it(struct slice text, size_t at)
{
    char code[PII_FORM_MAX];
    size_t end = at, count = 0;

    while (count < 16) {
        char c = pii_at(text, end);

        if (c == ' ' && (count == 3 || count == 6 || count == 11)) {
            end++;
            continue;
        }
        if (!pii_is_alnum(c) || (count < 6 && !pii_is_letter(c)) ||
            ((count == 8 || count == 11 || count == 15) && !pii_is_letter(c)))
            return 0;
        code[count++] = (char)(c >= 'a' ? c - 0x20 : c);
        end++;
    }
    code[16] = '\0';
    return !pii_is_alnum(pii_at(text, end)) && pii_register_it(code) ? end : 0;
}

static bool has_word(struct slice text, size_t at, const struct entry *entry)
{
    enum { REACH = 60 };

    return pii_word_before(text, at, REACH, entry->words) ||
           pii_word_before(text, at, REACH, any_words);
}

/*
 * With a word before those forms that need one; or without, and then without
 * Maltese numbers, which have neither check nor birthday.
 */
static size_t find(struct slice text, size_t at, bool asks_words)
{
    char code[PII_FORM_MAX];

    if (pii_is_letter(pii_at(text, at))) {
        size_t end = find_it(text, at);

        if (end > 0)
            return end;
    }
    if (at > 0 && strchr("-/.+", text.ptr[at - 1]) && text.ptr[at - 1] != '\0')
        return 0;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        const struct entry *entry = &entries[i];
        size_t end;

        if (!asks_words && entry->check == pii_register_mt)
            continue;
        end = pii_form(text, at, entry->form, code);
        if (end > 0 && entry->check(code) &&
            (!asks_words || !entry->words || has_word(text, at, entry)))
            return end;
    }
    return 0;
}

size_t pii_national(struct slice text, size_t at)
{
    return find(text, at, true);
}

size_t pii_national_any(struct slice text, size_t at)
{
    return find(text, at, false);
}
