/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_register.h - is this a number of a person, by the rules of the register
 * that gives them?
 *
 * `code` is what pii_form() makes of a number: digits and capitals alone, in
 * the form that filters/pii_national.c has for it.  The rules are those that
 * the registers' offices publish: check digits, and a day that can be.  All are
 * pure and safe from any thread.
 */
#ifndef MLIN_PII_REGISTER_H
#define MLIN_PII_REGISTER_H

#include <stdbool.h>

bool pii_register_at(const char *code);
bool pii_register_be(const char *code);
bool pii_register_bg(const char *code);
bool pii_register_cy(const char *code);
bool pii_register_cz(const char *code);
bool pii_register_cz_old(const char *code);
bool pii_register_de(const char *code);
bool pii_register_de_card(const char *code);
bool pii_register_de_pension(const char *code);
bool pii_register_dk(const char *code);
bool pii_register_dk_old(const char *code);
bool pii_register_baltic(const char *code);
bool pii_register_es(const char *code);
bool pii_register_fi(const char *code);
bool pii_register_fr(const char *code);
bool pii_register_fr_corsica(const char *code);
bool pii_register_gr(const char *code);
bool pii_register_mod11_10(const char *code);
bool pii_register_hu(const char *code);
bool pii_register_hu_health(const char *code);
bool pii_register_hu_tax(const char *code);
bool pii_register_ie(const char *code);
bool pii_register_it(const char *code);
bool pii_register_lu(const char *code);
bool pii_register_lv(const char *code);
bool pii_register_lv_new(const char *code);
bool pii_register_mt(const char *code);
bool pii_register_nl(const char *code);
bool pii_register_pl(const char *code);
bool pii_register_pt(const char *code);
bool pii_register_pt_card(const char *code);
bool pii_register_ro(const char *code);
bool pii_register_se(const char *code);
bool pii_register_se_long(const char *code);
bool pii_register_si(const char *code);

#endif
