/* SPDX-License-Identifier: Apache-2.0 */
/*
 * charclass - the table holds Unicode 16.0: the sums that the standard's data
 * files give, and characters whose class is easily got wrong.
 */
#include "src/charclass.h"

#include <string.h>

#include "tests/check.h"

static unsigned class_total(unsigned bits)
{
    unsigned total = 0;

    for (uint32_t cp = 0; cp <= 0x10ffff; cp++)
        total += (charclass_get(cp) & bits) != 0;
    return total;
}

static unsigned category_total(uint8_t class)
{
    unsigned total = 0;

    for (uint32_t cp = 0; cp <= 0x10ffff; cp++)
        total += charclass_get(cp) == class;
    return total;
}

static void the_sums_are_those_of_unicode_16(void)
{
    check(strcmp(charclass_version, "16.0.0") == 0);
    check(class_total(CHAR_LETTER) == 141028);
    check(class_total(CHAR_NUMBER) == 1911);
    check(class_total(CHAR_MARK) == 2501);
    check(class_total(CHAR_SPACE) == 25);
    check(category_total(CHAR_LU) == 1858);
    check(category_total(CHAR_LL) == 2258);
    check(category_total(CHAR_LT) == 31);
    check(category_total(CHAR_LM) == 404);
    check(category_total(CHAR_ND) == 760);
    check(category_total(CHAR_CO) == 137468);
    check(category_total(CHAR_CS) == 2048);
    check(category_total(CHAR_CF) == 170);
    check(category_total(CHAR_CC) + category_total(CHAR_CW) == 65);
}

static void spaces_are_the_property_white_space(void)
{
    static const uint32_t spaces[25] = {
        0x9, 0xa, 0xb, 0xc, 0xd, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001,
        0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a,
        0x2028, 0x2029, 0x202f, 0x205f, 0x3000
    };

    for (unsigned i = 0; i < 25; i++)
        check_that(charclass_get(spaces[i]) & CHAR_SPACE, "U+%04X", spaces[i]);
    check(!(charclass_get(0x180e) & CHAR_SPACE)); /* no longer since 6.3 */
    check(!(charclass_get(0x200b) & CHAR_SPACE));
    check(!(charclass_get(0xfeff) & CHAR_SPACE));
    check(!(charclass_get(0x1c) & CHAR_SPACE)); /* isspace of some languages */
}

static void single_characters(void)
{
    check(charclass_get('a') == CHAR_LL && charclass_get('Z') == CHAR_LU);
    check(charclass_get(0x1c5) == CHAR_LT);   /* Dž */
    check(charclass_get(0x2bc) == CHAR_LM);   /* modifier apostrophe */
    check(charclass_get(0x5d0) == CHAR_LO);   /* alef */
    check(charclass_get(0x301) == CHAR_MN && charclass_get(0x903) == CHAR_MC);
    check(charclass_get(0x20dd) == CHAR_ME);
    check(charclass_get('7') == CHAR_ND && charclass_get(0x2167) == CHAR_NL);
    check(charclass_get(0xbd) == CHAR_NO);    /* one half */
    check(charclass_get('_') == CHAR_PC && charclass_get('-') == CHAR_PD);
    check(charclass_get(0xab) == CHAR_PI && charclass_get(0xbb) == CHAR_PF);
    check(charclass_get('+') == CHAR_SM && charclass_get(0x20ac) == CHAR_SC);
    check(charclass_get('^') == CHAR_SK && charclass_get(0x1f600) == CHAR_SO);
    check(charclass_get(0x378) == CHAR_CN && charclass_get(0xd800) == CHAR_CS);
    check(charclass_get(0xad) == CHAR_CF && charclass_get('\n') == CHAR_CW);
    check(charclass_get(0x1c89) == CHAR_LU);  /* new in 16.0 */
    check(charclass_get(0x105c0) == CHAR_LO); /* Todhri, new in 16.0 */
    check(charclass_get(0x323af) == CHAR_LO && !charclass_get(0x323b0));
}

static void the_ends_of_the_table(void)
{
    check(charclass_get(0xe0001) == CHAR_CF);
    check(charclass_get(0xe0100) == CHAR_MN && charclass_get(0xe01f0) == 0);
    check(charclass_get(0x3ffff) == CHAR_CN && charclass_get(0x40000) == 0);
    check(charclass_get(0xe0fff) == CHAR_CN && charclass_get(0xe1000) == 0);
    check(charclass_get(0xffffd) == CHAR_CO && charclass_get(0xffffe) == 0);
    check(charclass_get(0x10fffd) == CHAR_CO && charclass_get(0x10ffff) == 0);
    check(charclass_get(0x110000) == CHAR_CN);
    check(charclass_get(UINT32_MAX) == CHAR_CN);
}

static void kinds_of_other_characters(void)
{
    check(charclass_is_punctuation(charclass_get('!')));
    check(charclass_is_punctuation(charclass_get('_')));
    check(!charclass_is_punctuation(charclass_get('+')));
    check(charclass_is_symbol(charclass_get('+')));
    check(charclass_is_symbol(charclass_get('^')));
    check(!charclass_is_symbol(charclass_get('a')));
    check(!charclass_is_symbol(charclass_get(0x301)));
}

int main(void)
{
    the_sums_are_those_of_unicode_16();
    spaces_are_the_property_white_space();
    single_characters();
    the_ends_of_the_table();
    kinds_of_other_characters();
    return check_done();
}
