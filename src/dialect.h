/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect.h - a regular expression of Hugging Face (Oniguruma 6.9, Unicode 16)
 * in the words of PCRE2, with the classes of Unicode 16.
 *
 * Hugging Face tokenizers 0.23 means other things than PCRE2 by these, and gets
 * its way (on the right, what PCRE2 is told):
 *
 *     \s \d \w \h \p{L} [:alpha:] ...   brackets, see src/dialect_flat.h
 *     \p{Han}                           \p{sc:Han}, not its extensions
 *     \b \B                             look-around for \w
 *     ^ $                               of every line: look-around, (?m:$)
 *     \v \N \O \u0041                   \x{b} [^\n] (?s:.) \x{41}
 *     [a[b]] [a&&[^b]]                  (?>[a]|[b]) (?:(?=[a])[^b])
 *     x{2,3}+ x{2}? x{,3}               (?:x{2,3})+ (?:x{2})? x{0,3}
 *     a(?i)b|c (?m)                     a(?i:b|c) (?s)
 *
 * Refused is what both know in two meanings, and what has no such words: \Q \E,
 * \pL without braces, \g1, \xE9 (a byte), a backslash in (?#...), (?(...)...)
 * unless a group is named, options other than i m x s n J U; without regard to
 * case, \p{Lu} and its like in brackets, and brackets in brackets.
 *
 * What only PCRE2 knows (recursion, (?P<name>...), (?|...), verbs) stays as it
 * is; what it does not know (\y, (?~...)) it refuses.
 *
 * Not made equal, and accepted all the same:
 *   - letters that differ in case: PCRE2 pairs them one by one, as its version
 *     of Unicode does, while to Oniguruma (?i)ss is U+00DF as well;
 *   - \X; properties that are neither general category, script, alphabetic,
 *     upper or lower case nor white space (\p{Emoji}); scripts in brackets
 *     without regard to case;
 *   - a repeated group that can match nothing, (?:\s|a??){2}: to Oniguruma a
 *     turn of nothing is the last, PCRE2 tries what else there is.
 */
#ifndef MLIN_DIALECT_H
#define MLIN_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "src/dialect_class.h"
#include "src/fail.h"

/* What a translation gives; dialect_free() it. */
struct dialect {
    struct dialect_text text;      /* for PCRE2; never NULL on success */
    struct dialect_ranges changed; /* ascending: where the library is wrong */
    struct dialect_marks marks;    /* one for each token */
};

/*
 * False and a fault at a byte of the pattern when it is refused.  With
 * DIALECT_UNICODE as the library's version nothing is `changed`; the text is
 * then right in every library, as long as it searches no code point whose class
 * there is another.  Safe from any thread if library->knows_script() is.
 */
bool dialect_translate(struct dialect *dialect, const char *pattern,
                       const struct dialect_library *library,
                       struct fault *fault);

/* The byte of the pattern that a byte of the text comes from. */
size_t dialect_origin(const struct dialect *dialect, size_t text_at);

void dialect_free(struct dialect *dialect);

#endif
