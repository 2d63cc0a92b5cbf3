/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect - expressions cut as Hugging Face tokenizers 0.23.2 was seen to cut
 * by them; what is refused, and where; and what PCRE2 alone knows.
 */
#include "src/dialect.h"

#include "src/regex.h"
#include "tests/bars.h"
#include "tests/check.h"
#include "tokenizer/pretokenize.h"

/* A bar after each piece but the last. */
static const struct {
    const char *pattern, *pieces;
} cuts[] = {
    { "$", "a|\nb|\n" },
    { "b$", "a|b|\n|b|\n" },
    { "^.", "a|b\n|c|d\n" },
    { "^", "ab\n|cd\n" },
    { "\\Z", "ab|\n" },
    { "\\z", "ab\n" },
    { "\\h", "x|a|f|9|g" },
    { "\\H", "x|af9|g" },
    { "\\R", "a|\r\n|b|\v|c|\302\205|d|\342\200\250|e" },
    { "\\v", "a|\v|b\nc" },
    { "\\N", "a|\n|b" },
    { "\\O", "a|\n|b" },
    { "\\K", "a|b" },
    { "a\\Kb", "a|b|a|b" },
    { "\\p{^L}", "aL|1" },
    { "\\P{^L}", "a|L|1" },
    { "\\p{Lu}", "a|L|1" },
    { "\\p{Uppercase_Letter}", "a|L|1" },
    { "\\p{uppercase letter}", "a|L|1" },
    { "\\p{Alpha}", "a|L|1" },
    { "\\p{Han}", "a|中|、" },
    { "[a[bc]]", "a|b|c|[]" },
    { "[a-z&&[^c]]", "a|b|c|d|&" },
    { "[a-z&&b-d]", "a|b|c|d|&" },
    { "[]a]", "a|[|]" },
    { "[^]a]", "a|[|]|b" },
    { "[a-]", "a|-|b" },
    { "[a-c-e]", "a|b|c|d|e|-" },
    { "[--a]", "-|+|.|a" },
    { "[[:alpha:]]", "a|1|é" },
    { "[[:^alpha:]]", "a|1|é" },
    { "[:alpha:]", "a|1é|:|l|p|h" },
    { "[[.a.]]", "a|." },
    { "a{,2}", "aa|aa|a" },
    { "a{1,2}+", "aaaaa" },
    { "a{2}?", "aa|aa|a" },
    { "a{2,}+a", "aaaa" },
    { "a{,}", "a{,}" },
    { "a{", "a{" },
    { "a{1", "a{1" },
    { "a{1, 2}", "a|a{1, 2}" },
    { "{", "a|{" },
    { "a**", "aaa" },
    { "a+++", "aaa" },
    { "a?+a", "aa|a" },
    { "(?x)a+ +", "aaa" },
    { "(?m).", "a|\n" },
    { "(?m)a$", "a|\n|a" },
    { "(?i)a", "a|A" },
    { "x(?i)a|b", "xA|B |xb|B" },
    { "(?i)a(?-i)b|c", "a|Ab|BcC" },
    { "(?<n>a)\\k<n>", "aa|a" },
    { "(?'n'a)\\k'n'", "aa|a" },
    { "(a)\\g<1>", "aa|a" },
    { "(a)\\1", "aa|a" },
    { "(?>a+)b", "aab" },
    { "(?#c)a", "a|c" },
    { "\\x{61}", "a" },
    { "\\x61", "a" },
    { "\\x6", "a|\006" },
    { "\\o{141}", "a" },
    { "\\141", "a" },
    { "\\u0061", "a| u0061" },
    { "\\ca", "\001|a" },
    { "\\e", "\033" },
    { "\\a", "\a" },
    { "\\b", "ab| |cd" },
    { "[\\b]", "a|\b|b" },
    { "\\B", "a|b c|d" },
    { "\\G.", "a|b" },
    { "\\Ga", "a|a|b" },
    { "\\X", "e\314\201|a" },
    { "\\-", "-" },
    { "\\é", "é" },
    { "\\_", "_" },
    { "\\z", "a" },
    { "(a)?(?(1)b|c)", "ab|c" },
    { "(?<=a|bc)d", "a|d| bc|d" },
    { "(?<!a)\\d", "a1b|2" },
    { "(?i)\\p{Lu}", "a|A|1" },
    { "(?i)[a-z]", "K| |ſ" },
    { "(*FAIL)", "a" },
    { "()", "a|b" },
    { "]", "]" },
    { "}", "}" },
    { "a]", "a]" },
    { "[a&&]", "a&" },
    { "[&&a]", "a&" },
    { "[a&&b]", "a&b" },
    { "[a&b]", "a|&|b" },
    { "\\b", "a²b| |a½c" },
    { "\\B", "a|²|b" },
    { "\\o{141}", "b|a|b U" },
    { "\\141", "b|a|b" },
    { "\\x6", "b|\006|bb6" },
    { "[a-c-e]", "xx|a|x|b|x|c|xdx|e|xx|-|-|xx" },
    { "[--a]", "xx|-|xx+xx|.|xx|a" },
    { "\\`a", "aa|`a" },
    { "\\<a", "bb|<a" },
    { "a\\'", "a|a'|a" },
    { "(?x)a\302\240b", "xabx|a\302\240b|x" },
    { "(?x)a\342\200\203b", "xabx|a\342\200\203b|x" },
    { "(?x)a\302\205b", "xabx" },
    { "(?x)a\342\200\216b", "xabx|a\342\200\216b|x" },
    { "(?x)a\vb", "xabx" },
    { "(?x)a #c\nb", "x|ab|x" },
    { "(?x)a #c\r\nb", "x|ab|x" },
    { "(?x)a #c\302\205b", "x|a|bx" },
    { "(?x)[a b]", "x|a| |xx" },
    { "(?x)a[ #]b", "a b|x|a#b" },
    { "(?x)\\ a", "x| a|x" },
    { "(?x)a{1 ,2}", "aaxx" },
    { "(?x)a{1,2} ?b", "x|aab|x" },
    { "(?x)(?:a )", "x|a|x" },
    { "(?x)a{2} +", "aaaa|ab" },
    { "a(?#x)+", "x|aaa|x" },
    { "a+(?#x)+b", "x|aaab|x" },
    { "a+(?#x)?b", "x|aaab|x" },
    { "a++b", "x|aaab|x" },
    { "a+?b", "x|aaab|x" },
    { "a?\?b", "xa|ab|x" },
    { "\\cA", "xx|\001|x" },
    { "[\\1]", "x1|\001|\001" },
    { "[\\8]", "x|8|8" },
    { "[\\12]", "x|\n|\n" },
    { "[\\u0061]", "xx|a" },
    { "[\\v]", "xx|\v|xv" },
    { "[\\h]", "xx|a|f" },
    { "[\\H]", "x|x|af" },
    { "[a[^b]]", "x|x|a|b|x|x|-|x|x|[|]" },
    { "[^a[b]]", "x|aabb|x|x" },
    { "[^a&&b]", "x|a|a|b|b|x|x" },
    { "[a-z&&[^aeiou]&&[^x]]", "xaa|b|b|xx" },
    { "[[:alpha:]&&[^a]]", "x|aa|b|1|b|x|x" },
    { "[[:alpha:&&]]", "al:&]" },
    { "[[:alpha]]", "x|a|l|:|]]" },
    { "[[:]]", "x|:|[]]" },
    { "[a[:]b]", "x|a|[|:|]|b|]" },
    { "[[:^alpha]]", "x|^|a|l|:|]]" },
    { "[]]", "x|]|]" },
    { "[^]]", "]]]|x" },
    { "[a&&&b]", "a&b" },
    { "[a&&&&b]", "a&b" },
    { "[&&]", "a&b" },
    { "[a-&&b]", "xa-b" },
    { "[\\]-a]", "xx|]|^|_|`|a" },
    { "[a-\\x63]", "x|a|b|c|d" },
    { "[\\x61-c]", "x|a|b|c|d" },
    { "[\\w-]", "a|b|-" },
    { "[-\\w]", "a|b|-" },
    { "[+--]", "xx|+|,|-" },
    { "[!--]", "x|!|,|-" },
    { "[!-]", "x|!|,|-" },
    { "[a-z-9]", "a|z|-|9" },
    { "[a-z-[9]]", "a|z|-|9" },
    { "[-a]", "-|a|b" },
    { "[^-a]", "-a|b" },
    { "[a&&-]", "a-" },
    { "\\p{ Lu }", "a|L|u" },
    { "\\p{l_u}", "a|L|u" },
    { "\\p{^ Lu}", "a|L|u" },
    { "\\p{Latn}", "a|ß|中" },
    { "\\p{Latin}", "a|ß|中" },
    { "\\p{Zinh}", "a|\314\201" },
    { "\\p{Inherited}", "aa|\314\201" },
    { "\\p{Qaai}", "aa|\314\201" },
    { "\\p{Unknown}", "aa|\315\270" },
    { "\\p{Zzzz}", "aa|\315\270" },
    { "\\p{Common}", "aa|." },
    { "\\p{Kawi}", "aa|\360\221\274\204" },
    { "\\p{Garay}", "aa|\360\220\265\220" },
    { "\\p{Emoji}", "aa|❤" },
    { "\\p{Extended_Pictographic}", "aa|❤" },
    { "\\p{Ext_Pict}", "aa|❤" },
    { "\\p{ExtPict}", "aa|❤" },
    { "\\p{LC}", "a|B|1" },
    { "\\p{Cased}", "a|1|B" },
    { "\\p{Dash}", "a1|-" },
    { "a(?i)b|c|D", "ab|c |aB|C d" },
    { "(?:a(?i)b|c)d", "abd| |aBd| Cd |aCd" },
    { "(a(?i))b", "ab| aB" },
    { "(?i:a(?-i)b|c)", "AB |Ab| AC C" },
    { "(?m:a.)b", "a\nb" },
    { "(?-m:a.)b", "a\nbab" },
    { "(?i-m:a.)", "A\n|ab" },
    { "(?x: a b )c", "abc" },
    { "(?x)a\\ #c", "a |x" },
    { "\\p{N}{1,3}+", "12345| |6" },
    { "\\p{L}{2}?x", "abx|x" },
    { "a{,2}b", "a|aab" },
    { "a{0}b", "a|b" },
    { "a{2,}?", "aa|aa" },
    { "(?<=a)b|(?<!c)d", "a|b| cd |d" },
    { "(?<=\\p{L})\\d", "a|1| 1" },
    { "\\bab\\b", "ab| abc |ab" },
    { "\\w+|[^\\w\\s]+", "it|'|s| |²³| |a_1|!" },
    { "[\\p{L}&&[^a-z]]+", "ab|ÉÈ|cd" },
    { "[^\\s&&[^\\n]]+", "a| |\n| |b" },
    { "[\\p{L}&&\\p{ASCII}]+", "a|é|b" },
    { "(?>a|ab)c", "abc |ac" },
    { "(?=ab)a", "a|b ac" },
    { "\\u00e9+", "éé| e" },
    { "[\\u0400-\\u04ff]+", "я| |ж| a" },
    { "\\x{1F600}", "a|😀|b" },
    { "(?<x>a)\\k<x>\\g<x>", "aaa" },
    { "(?i:'s|'t|'re|'ve|'m|'ll|'d)", "it|'S| I|'LL| |'ſ" },
    { "\\s+(?!\\S)|\\s+", "a|  | |b| \n" },
    { "\\s*[\\r\\n]+", "a| \n\n| b" },
    { "é\\.", "é.|e." },
    { "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+", " ab|.cd|\n|ef" },
    { "\\S+|\\s+", "a|  |b" },
    { "\\p{Lu}?\\p{Ll}+", "Camel|Case" },
    { "\\p{Han}+", "a|中文|、b" },
    { "[一-龥]+", "a|中文|b" },
    { "(?!\\G|x)", "a|b|c|d" },
    { "a|", "b|a|b" },
    { "\\p{ L u }+", "AB|c" },
    { "[-\\p{L}]+", "a-b| |c" },
    { "(?m)^a", "a|\n|a" },
};

static void cut(const char *pattern, const char *shown)
{
    struct pretokenizer p;
    struct fault fault;

    check_that(pretokenizer_open(&p, pattern, &fault), "%s: %s", pattern,
               fault.what);
    bars_cut(&p, shown, pattern);
    pretokenizer_close(&p);
}

static void cuts_as_hugging_face(void)
{
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++)
        cut(cuts[i].pattern, cuts[i].pieces);
}

static void refuses_what_means_something_else(void)
{
    static const struct {
        const char *pattern;
        size_t at;
        const char *what;
    } all[] = {
        { "\\pL", 0, "\\p without braces is no property to Hugging Face: "
                     "write \\p{L}" },
        { "a\\Qb\\E", 1, "\\Q and \\E do not quote for Hugging Face" },
        { "[a\\Qb]", 2, "an escape that has no meaning in brackets" },
        { "(a)\\g1", 3, "\\g without <name> is no call to Hugging Face" },
        { "\\xe9", 0, "a byte above 7F: a character is \\x{...}" },
        { "[\\351]", 1, "a byte above 7F: a character is \\x{...}" },
        { "\\x", 0, "not the number of a character" },
        { "\\x{61 62}", 0, "not the number of a character" },
        { "\\x{110000}", 0, "not the number of a character" },
        { "\\u41", 0, "\\u without four digits" },
        { "\\c1", 0, "\\c without a letter" },
        { "a(?#\\))", 1, "a backslash in (?#...)" },
        { "(?W)a", 2, "an option that means nothing to both PCRE2 and "
                      "Hugging Face" },
        { "(?i", 3, "an option that means nothing to both PCRE2 and "
                    "Hugging Face" },
        { "(?(?=a)b|c)", 0, "a condition that is not a group's number or "
                            "<name>" },
        { "(?~a)", 0, "a group that PCRE2 does not know" },
        { "(?i)[\\p{Lu}]", 11, "capitals or small letters as a class, without "
                               "regard to case" },
        { "(?i)[[:upper:]]", 5, "capitals or small letters as a class, without "
                                "regard to case" },
        { "(?i)[a[b]]", 6, "brackets in brackets or && without regard to "
                           "case" },
        { "(?i)[a&&b]", 6, "brackets in brackets or && without regard to "
                           "case" },
        { "[a-\\d]", 5, "a range that ends with a class" },
        { "[a-[b]]", 3, "a range that ends with a class" },
        { "[\\d-z]", 3, "a range that begins with a class" },
        { "[z-a]", 4, "a range that ends before it begins" },
        { "[[:foo:]]", 1, "not the name of a class" },
        { "\\p{}", 0, "not the name of a property" },
        { "[a", 2, "[ without a ]" },
        { "[]", 2, "[ without a ]" },
        { "a{1}{2}{3}", 7, "three quantifiers in a row" },
        { "a\xff", 1, "not UTF-8" },
        { "\\p{L}+|(a", 9, "not a regular expression that PCRE2 accepts" },
        { "\\p{NoSuch}a", 0, "not a regular expression that PCRE2 accepts" },
        { "a{3,1}", 1, "not a regular expression that PCRE2 accepts" },
        { "a|*", 2, "not a regular expression that PCRE2 accepts" },
    };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct fault fault = { 0 };

        check_that(!regex_open(all[i].pattern, &fault), "%s", all[i].pattern);
        check_that(strcmp(fault.what, all[i].what) == 0, "%s: %s",
                   all[i].pattern, fault.what);
        check_that(fault.at == all[i].at, "%s: at %zu", all[i].pattern,
                   fault.at);
    }
}

static void keeps_what_pcre2_alone_knows(void)
{
    cut("(?s:a.)b", "x|a\nb");
    cut("(?P<x>a)(?P=x)(?P>x)", "b|aaa");
    cut("(?|(a)|(b))\\1", "c|aa|bb|ab");
    cut("a(?R)?b", "c|aabb|b");
    cut("(a)(?1)(?-1)", "b|aaa|a");
    cut("(*atomic:a+)b", "c|aab");
    cut("(*UTF)(*NO_JIT)a+", "b|aa");
    cut("(?U)a+", "a|a");
    cut("(?J)(?<x>a)|(?<x>b)", "a|b|c");
    cut("\\p{sc=Han}+", "a|\u4e2d");
    cut("(a)?(?(1)b|c)", "ab|c|b");
    cut("(?<x>a)?(?(<x>)b|c)", "ab|c|b");
}

static bool knows_no_new_script(const char *name)
{
    return strcmp(name, "kawi") != 0;
}

static void becomes(const char *pattern, const char *text)
{
    struct dialect_library library = { DIALECT_UNICODE, knows_no_new_script };
    struct dialect dialect;
    struct fault fault;

    check_that(dialect_translate(&dialect, pattern, &library, &fault), "%s: %s",
               pattern, fault.what);
    check_that(strcmp(dialect.text.bytes, text) == 0, "%s: %s, not %s", pattern,
               dialect.text.bytes, text);
    check(dialect.changed.count == 0);
    dialect_free(&dialect);
}

static void says_it_in_pcre2_words(void)
{
    becomes("\\p{L}+|\\d{2}", "[\\p{L}]+|[\\p{Nd}]{2}");
    becomes("\\P{L}|[^\\D\\x{7f}]", "[^\\p{L}]|[^\\p{L}\\p{M}\\p{Nl}\\p{No}"
            "\\p{P}\\p{S}\\p{Z}\\p{C}\\x{7f}]");
    becomes("[^\\P{Lu}]", "[\\p{Lu}]");
    becomes("[\\p{Han}z-~a-zb]", "[\\p{sc:han}\\x{61}-\\x{7e}]");
    becomes("[\\p{Kawi}a]", "[\\x{61}]"); /* the rest depends on the version */
    becomes("^a$\\v\\N", "(?:\\A|(?<=\\n)(?!\\z))a(?m:$)\\x{b}[^\\n]");
    becomes("a{,3}b{2}?c{1,2}+d{e", "a{0,3}(?:b{2})?(?:c{1,2})+d\\{e");
    becomes("a(?i)b|c", "a(?i:b|c)");
    becomes("(a(?im)b|c)\\p{L}", "(a(?is:b|c))[\\p{L}]");
    becomes("(?i:\\p{L}[\\p{L}])", "(?i:(?-i:[\\p{L}])[\\p{L}\\x{3b9}])");
    becomes("(?x) a # b\n c", "(?x: a   c)");
    becomes("(?x)(?-x:a #)", "(?x:(?-x:a #))");
    becomes("[a[^b]&&c]", "(?:(?=(?>[\\x{61}]|[^\\x{62}]))[\\x{63}])");
    becomes("[&&]", "(?:(?=[^\\x{0}-\\x{10ffff}])[^\\x{0}-\\x{10ffff}])");
}

int main(void)
{
    cuts_as_hugging_face();
    refuses_what_means_something_else();
    keeps_what_pcre2_alone_knows();
    says_it_in_pcre2_words();
    return check_done();
}
