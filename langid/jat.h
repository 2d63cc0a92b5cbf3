/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jat.h - more Bosnian to learn from, made of Serbian.
 *
 * Free Bosnian text is scarce and nearly all interface messages.  Its standard
 * shares most of its words with Serbian and the reflex of old "jat" with
 * Croatian: vreme, mleko, deo are vrijeme, mlijeko, dio.  So a Serbian line
 * with its jat words respelt is, as far as letters go, mostly Bosnian.
 *
 * Which words to respell is read from word lists, not from a dictionary: a
 * spelling with je, ije or i for e (and with c-acute for st-hacek: opsti, opci)
 * that is several times as frequent in Croatian as the given one, and rarer in
 * Serbian.
 */
#ifndef MLIN_JAT_H
#define MLIN_JAT_H

#include "langid/texts.h"

/*
 * Add to bos_Latn each line of srp_Latn in which a word changes.  Does nothing
 * unless both have text and srp_Latn and hrv_Latn have word lists.
 */
void jat_derive(struct texts *texts);

#endif
