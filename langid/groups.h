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

/*
 * Languages that are easily mixed up where a text is short, as a part of it is:
 * Danish, Bokmal, Nynorsk and Swedish; German and Luxembourgish; Icelandic and
 * Faroese.  The number of such a family of relatives, from 1 on; 0: none.
 */
unsigned groups_relatives(const char *label);

#endif
