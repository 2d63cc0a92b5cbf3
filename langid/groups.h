/* SPDX-License-Identifier: Apache-2.0 */
/*
 * groups.h - languages so close that a short text is often good in several: the
 * group can be told where the member cannot.
 */
#ifndef MLIN_GROUPS_H
#define MLIN_GROUPS_H

/*
 * The group of a label, or NULL: hbs_Latn (Bosnian, Croatian and Serbian in
 * Latin letters; ISO 639-3's macrolanguage), gmq_Latn (Bokmal, Nynorsk, Danish;
 * ISO 639-5's North Germanic).
 */
const char *groups_find(const char *label);

#endif
