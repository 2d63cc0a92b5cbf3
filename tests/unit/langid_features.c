/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid_features - what must leave no trace in the letters of a text leaves
 * none, the table agrees with ICU on every code point, and any bytes are safe.
 */
#include "langid/features.h"

#include "langid/letters.h"
#include "langid/rows.h"
#include "src/unicode.h"
#include "src/utf8.h"
#include "tests/check.h"

static struct features first, second;

static void check_same(const char *a, const char *b)
{
    features_read(&first, slice_from(a));
    features_read(&second, slice_from(b));
    check_that(first.script == second.script && first.len == second.len &&
                   memcmp(first.codes, second.codes, first.len) == 0,
               "\"%s\" and \"%s\"", a, b);
    check(first.len > 0);
}

static void check_script(const char *text, const char *script)
{
    features_read(&first, slice_from(text));
    check_that(strcmp(letters_scripts[first.script], script) == 0,
               "\"%s\" is %s", text, letters_scripts[first.script]);
}

static void invisible_changes(void)
{
    check_same("Ein großer Hund", "EIN GROSSER HUND");
    check_same("Žluťoučký kůň", "ŽLUŤOUČKÝ KŮŇ");
    check_same("Įlinkdama fechtuotojo", "ĮLINKDAMA FECHTUOTOJO");
    check_same("ısırgan İzmir", "isirgan IZMIR");
    check_same("Тихий вечір їхав", "ТИХИЙ ВЕЧІР ЇХАВ");
    check_same("წყალი მთაში", "ᲬᲧᲐᲚᲘ ᲛᲗᲐᲨᲘ");
    check_same("Το φως της ημέρας", "ΤΟ ΦΩΣ ΤΗΣ ΗΜΈΡΑΣ");
    check_same("d\xc3\xa9j\xc3\xa0 vu", "de\xcc\x81ja\xcc\x80 vu");
    check_same("Vi\xe1\xbb\x87t", "Vie\xcc\xa3\xcc\x82t");
    check_same("\xd0\xb9\xd0\xbe\xd0\xb4", "\xd0\xb8\xcc\x86\xd0\xbe\xd0\xb4");
    check_same("\xc5\x9fi \xc5\xa3" "ar\xc4\x83",
               "\xc8\x99i \xc8\x9b" "ar\xc4\x83");
    check_same("l'eau d'en haut", "l\xe2\x80\x99" "eau d\xca\xbc" "en haut");
    check_same("a line", "a line\n");
    check_same("a line", " \t a   \xc2\xa0 line!?\r\n");
    check_same("co\xc2\xad" "operate", "cooperate");
    check_same("\xef\xac\x81nal", "final");
    check_same("\xef\xbc\xa1\xef\xbd\x82", "ab");
    check_same("hello 123", "hello");
    check_same("d&eacute;j&#xE0; vu", "d\xc3\xa9j\xc3\xa0 vu");
    check_same("&Scaron;koda &#269;aje", "\xc5\xa0koda \xc4\x8d" "aje");
    check_same("stra&amp;szlig;e", "strasse");
    check_same("a&nbsp;b &bull; c &lt;", "a b c ");
    check_same("a &amp; b&amp;c", "a b c");
    check_same("r&d &; &#x110000;", "r d");
    check_same("co&shy;operate", "cooperate");
    /* Latin a, c, o in Cyrillic words; Cyrillic e in a Latin one */
    check_same("\xd1\x81\xd0\xb0\xd0\xbc \xd0\xb6\xd0\xb8\xd0\xb2o\xd1\x82",
               "ca\xd0\xbc \xd0\xb6\xd0\xb8\xd0\xb2o\xd1\x82");
    check_same("the tre\xd0\xb5 stood", "the tree stood");
}

/* Signs of code part words in a way of their own; those of text do not. */
static void signs(void)
{
    static const struct {
        const char *text;
        size_t signs;
    } cases[] = {
        { "One, two: three; four. (Five!) \"six\" - seven's", 1 },
        { "x = y", 1 }, { "f(x)", 1 }, { "a.b", 1 }, { "a. b", 0 },
        { "std::string", 0 }, { "std:string", 1 }, { "{x}", 2 },
        { "<p>text</p>", 4 }, { "www.example.com/path", 3 },
        { "3.14 and 2:1", 0 }, { "\xd0\xb0.\xd0\xb1", 1 }
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t count = 0;

        features_read(&first, slice_from(cases[i].text));
        for (size_t k = 0; k < first.len; k++)
            count += first.codes[k] == FEATURES_SIGN;
        check_that(count == cases[i].signs, "\"%s\" has %zu", cases[i].text,
                   count);
    }
}

/* ASCII in features.c: the same letters as in letters_entry(). */
static void ascii_is_the_table(void)
{
    for (char c = 1; c > 0; c++) {
        const char text[] = { c, 0 };
        bool is_letter = letters_entry((uint32_t)c) > 0xff;

        features_read(&first, slice_from(text));
        check(is_letter == (first.len > 0));
        if (is_letter)
            check(first.codes[1] == (uint8_t)letters_entry((uint32_t)c));
    }
}

static void main_scripts(void)
{
    check_script("", "Zyyy");
    check_script("123 + 45 = 168 \xf0\x9f\x98\x80", "Zyyy");
    check_script("Word i jeszcze trzy слова", "Latn");
    check_script("Слова и ещё три word", "Cyrl");
    check_script("คำไทย", "Thai");
    check_script("ab бв", "Latn"); /* of equals the lower number */
    check(letters_script(slice_from("Jpan")) ==
          letters_script(slice_from("Hira")));
    check(letters_script(slice_from("Qqqq")) == 0);
}

/* Folding and composing, as ICU sees them, change no letter's code. */
static void table_agrees_with_icu(void)
{
    struct arena arena = { 0 };
    uint64_t letters = 0;

    for (uint32_t cp = 1; cp < 0x110000; cp++) {
        char a[4], b[4];
        size_t a_len, b_len;
        struct slice nfc;

        if (cp >= 0xd800 && cp < 0xe000)
            continue;
        if (letters_entry(cp) < 0x100)
            continue;
        letters++;
        a_len = utf8_put(a, cp);
        features_read(&first, slice_make(a, a_len));
        b_len = utf8_put(b, unicode_fold(cp));
        features_read(&second, slice_make(b, b_len));
        check_that(first.len == second.len &&
                       memcmp(first.codes, second.codes, first.len) == 0,
                   "U+%04X and its folded form", cp);
        if ((letters_entry(cp) & 0xff) == 0)
            continue; /* no alphabet of ours: read as it comes */
        nfc = unicode_nfc(slice_make(a, a_len), &arena);
        features_read(&second, nfc);
        check_that(first.len == second.len &&
                       memcmp(first.codes, second.codes, first.len) == 0,
                   "U+%04X and its NFC", cp);
        if ((letters & 0xfff) == 0)
            arena_reset(&arena);
    }
    check(letters > 100000);
    arena_clear(&arena);
}

/* Parting, word, parting, ...: at both ends, never two in a row. */
static void check_shape(const struct features *features)
{
    if (features->script == 0) {
        check(features->len == 0);
        return;
    }
    check(features->len >= 3);
    check(features_parts(features->codes[0]) &&
          features_parts(features->codes[features->len - 1]));
    for (size_t i = 1; i < features->len; i++)
        check(!features_parts(features->codes[i]) ||
              !features_parts(features->codes[i - 1]));
}

/* The obvious way to the same rows: one n-gram at a time, byte by byte. */
static uint64_t naive_grams(const struct features *f, struct features_kind kind,
                            uint64_t *count)
{
    uint64_t sum = 0;

    for (unsigned n = 2; n <= FEATURES_GRAM_MAX; n++)
        for (size_t i = 0; kind.grams >> n & 1 && i + n <= f->len; i++) {
            uint64_t key = (uint64_t)f->script << 56 | (uint64_t)n << 48;

            for (unsigned j = 0; j < n; j++)
                key |= (uint64_t)f->codes[i + j] << 8 * j;
            sum += key * 0x9e3779b97f4a7c15u >> (64 - kind.row_bits);
            ++*count;
        }
    return sum;
}

static uint64_t naive_words(const struct features *f, struct features_kind kind,
                            uint64_t *count)
{
    uint64_t sum = 0, hash = 0;
    size_t letters = 0;

    for (size_t i = 0; i < f->len; i++) {
        if (!features_parts(f->codes[i])) {
            if (letters++ == 0)
                hash = (uint64_t)f->script << 56;
            if (letters <= FEATURES_WORD_MAX)
                hash = (hash ^ f->codes[i]) * 0x9e3779b97f4a7c15u;
            continue;
        }
        if (letters > 0) {
            hash ^= hash >> 32;
            sum += (1u << kind.row_bits) + (hash * 0x9e3779b97f4a7c15u >>
                                            (64 - kind.word_bits));
            ++*count;
        }
        letters = 0;
    }
    return sum;
}

static void check_rows(const struct features *f, struct features_kind kind)
{
    uint32_t rows[FEATURES_ROWS];
    uint64_t sum = 0, count = 0, naive, naive_count = 0;
    size_t at = 0, more;

    while ((more = features_rows(f->codes, f->len, f->script, kind, &at,
                                 rows))) {
        check(more <= FEATURES_BLOCK);
        count += more;
        for (size_t i = 0; i < more; i++) {
            check(rows[i] < features_row_count(kind));
            sum += rows[i];
        }
    }
    naive = naive_grams(f, kind, &naive_count);
    if (kind.word_bits > 0)
        naive += naive_words(f, kind, &naive_count);
    check(sum == naive && count == naive_count);
}

/* Every form of hashing gives the same rows. */
static void rows_agree(void)
{
    struct random random = { 23 };
    uint8_t codes[300 + FEATURES_PAD];
    uint32_t a[304], b[304];

    for (size_t i = 0; i < sizeof codes; i++)
        codes[i] = (uint8_t)random_next(&random);
    for (int round = 0; round < 4000; round++) {
        unsigned n = 2 + (unsigned)random_below(&random, 5);
        unsigned bits = 8 + (unsigned)random_below(&random, 13);
        size_t from = random_below(&random, 200);
        size_t count = 1 + random_below(&random, 300 - from);
        uint64_t salt = random_next(&random) << 48;

        rows_grams_portable(codes + from, count, salt, n, bits, a);
        rows_grams_best()(codes + from, count, salt, n, bits, b);
        check(memcmp(a, b, count * sizeof *a) == 0);
    }
}

static void hostile_bytes(void)
{
    static const char *const pieces[] = {
        "\xff", "\xc3", "\xe2\x80", "\xf0\x9f\x98", "\xed\xa0\x80", "\xc0\x80",
        "\xcc\x81", "\xcc\x81\xcc\x81\xcc\x81", "a", "\xc3\xa9", "\xef\xb7\xba",
        "\xef\xac\x83", "\xe0\xb8\x81", "\xf4\x8f\xbf\xbf",
        "\xf5\x80\x80\x80", " "
    };
    struct random random = { 7 };
    char *text = malloc(70000);

    check(text != NULL);
    for (int round = 0; round < 400; round++) {
        size_t want = random_below(&random, round % 20 == 0 ? 69000 : 600);
        size_t len = 0;
        struct features_kind kind = {
            (uint32_t)(1 + random_below(&random, 31)) << 2,
            (unsigned)(8 + random_below(&random, 13)),
            (unsigned)(random_below(&random, 2) *
                       (8 + random_below(&random, 13)))
        };

        while (len < want)
            if (random_below(&random, 3) == 0) {
                text[len++] = (char)random_next(&random);
            } else {
                const char *piece = pieces[random_below(
                    &random, sizeof pieces / sizeof pieces[0])];
                size_t piece_len = strlen(piece);

                memcpy(text + len, piece, piece_len);
                len += piece_len;
            }
        /* in memory of its own length, so that an over-read is seen */
        {
            char *exact = malloc(len + 1);

            check(exact != NULL);
            memcpy(exact, text, len);
            features_read(&first, slice_make(exact, len));
            free(exact);
        }
        check_shape(&first);
        check_rows(&first, kind);
    }
    free(text);
}

static void longest_texts(void)
{
    size_t len = (size_t)1 << 24;
    char *text = malloc(len);

    check(text != NULL);
    memset(text, 'x', len);
    for (size_t size = FEATURES_TEXT_MAX - 2; size <= len;
         size = size * 2 + 1) {
        features_read(&first, slice_make(text, size));
        check(first.letters <= FEATURES_TEXT_MAX);
        check(first.letters >= FEATURES_TEXT_MAX - 2);
        check_shape(&first);
    }
    for (size_t i = 0; i + 3 <= len; i += 3) /* three letters each */
        memcpy(text + i, "\xef\xac\x83", 3);
    features_read(&first, slice_make(text, FEATURES_TEXT_MAX));
    check(first.letters == FEATURES_TEXT_MAX / 3 * 3);
    check_shape(&first);
    free(text);
}

/* Letters of full width are read one by one, those of ASCII also in blocks. */
static void blocks_agree(void)
{
    static const char signs[] = "    ,.-'=(_1\n\t#";
    struct random random = { 21 };

    for (int round = 0; round < 3000; round++) {
        char narrow[200], wide[800];
        size_t len = random_below(&random, 199), at = 0;

        for (size_t i = 0; i < len; i++) {
            bool sign = random_below(&random, 2 + (uint64_t)round % 7) == 0;
            unsigned letter = (unsigned)random_below(&random, 26);
            unsigned upper = (unsigned)random_below(&random, 2) * 0x20;

            if (sign) {
                wide[at++] = narrow[i] =
                    signs[random_below(&random, sizeof signs - 1)];
                continue;
            }
            narrow[i] = (char)('A' + upper + letter);
            memcpy(wide + at, "\xef\xbc", 2); /* U+FF21, U+FF41 */
            wide[at + 1] = (char)(upper ? 0xbd : 0xbc);
            wide[at + 2] = (char)((upper ? 0x81 : 0xa1) + letter);
            at += 3;
        }
        features_read(&first, slice_make(narrow, len));
        features_read(&second, slice_make(wide, at));
        check(first.len == second.len && first.letters == second.letters &&
              first.script == second.script && first.signs == second.signs &&
              memcmp(first.codes, second.codes, first.len) == 0);
    }
}

/* Of the partings, edges included. */
static void signs_are_counted(void)
{
    features_read(&first, slice_from("Plain words, and no more."));
    check(first.signs == 0.0);
    features_read(&first, slice_from("a=b"));
    check(first.signs == 1.0 / 3);
    features_read(&first, slice_from("{x}"));
    check(first.signs == 1.0);
    features_read(&first, slice_from(""));
    check(first.signs == 0.0);
}

int main(void)
{
    invisible_changes();
    signs();
    ascii_is_the_table();
    main_scripts();
    table_agrees_with_icu();
    rows_agree();
    hostile_bytes();
    longest_texts();
    signs_are_counted();
    blocks_agree();
    return check_done();
}
