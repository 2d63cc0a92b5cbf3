/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words - one walk over the text for its words, one for its lines.
 *
 * Every character is classed once, but for letters that turn out not to end
 * where it seemed and the marks behind a character that might join, which are
 * seen twice; so the walk is linear in any text.
 */
#include "src/words.h"

#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "src/charclass.h"
#include "src/fail.h"
#include "src/utf8.h"

/* What a character is to the splitter.  The first three run together. */
enum kind {
    KIND_LETTER, KIND_NUMBER, KIND_CONNECTOR,
    KIND_EXTEND,  /* belongs to what stands before it */
    KIND_SINGLE,  /* a letter that is a word of its own */
    KIND_SYMBOL, KIND_SPACE
};

static bool is_single(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x309f) || (c >= 0x3400 && c <= 0x4dbf) ||
           (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

static enum kind kind_of(uint32_t c)
{
    uint8_t class = charclass_get(c);

    if (class & CHAR_LETTER)
        return c >= 0x3041 && is_single(c) ? KIND_SINGLE : KIND_LETTER;
    if (class & CHAR_SPACE)
        return KIND_SPACE;
    if (class & CHAR_MARK)
        return KIND_EXTEND;
    if (class & CHAR_NUMBER)
        return KIND_NUMBER;
    if (class == CHAR_PC)
        return KIND_CONNECTOR;
    if (class == CHAR_CC || c == 0x200b)
        return KIND_SPACE;
    return class == CHAR_CF ? KIND_EXTEND : KIND_SYMBOL;
}

/* MidNumLet and Single_Quote of UAX #29: join letters, and join numbers. */
static bool joins_both(uint32_t c)
{
    switch (c) {
    case '\'': case '.': case 0x2018: case 0x2019: case 0x2024: case 0xfe52:
    case 0xff07: case 0xff0e:
        return true;
    }
    return false;
}

/* With MidLetter or MidNum: does it join two characters of this kind? */
static bool joins(uint32_t c, enum kind kind)
{
    if (kind != KIND_LETTER && kind != KIND_NUMBER)
        return false;
    if (joins_both(c))
        return true;
    switch (c) {
    case ':': case 0xb7: case 0x387: case 0x55f: case 0x5f4: case 0x2027:
    case 0xfe13: case 0xfe55: case 0xff1a:
        return kind == KIND_LETTER;
    case ',': case ';': case 0x37e: case 0x589: case 0x60c: case 0x60d:
    case 0x66c: case 0x7f8: case 0x2044: case 0xfe10: case 0xfe14:
    case 0xfe50: case 0xfe54: case 0xff0c: case 0xff1b:
        return kind == KIND_NUMBER;
    }
    return false;
}

/* A walk over the text: the character at `at`, and where the next begins. */
struct walk {
    struct slice text;
    size_t at, next;
    uint32_t c;
    enum kind kind; /* KIND_SPACE at the end of the text */
};

static void walk_to(struct walk *w, size_t at)
{
    w->at = w->next = at;
    if (at == w->text.len) {
        w->kind = KIND_SPACE;
        return;
    }
    if (w->text.ptr[at] == ' ') {
        w->c = ' ';
        w->next = at + 1;
        w->kind = KIND_SPACE;
        return;
    }
    w->c = utf8_next(w->text, &w->next);
    w->kind = kind_of(w->c);
}

/* Variation selectors say how a symbol looks; it stays one. */
static bool is_selector(uint32_t c)
{
    return c >= 0xfe00 && c <= 0xfe0f;
}

/* Move past marks and format characters; count them. */
static void walk_extends(struct walk *w, uint32_t *chars, uint32_t *flags)
{
    while (w->kind == KIND_EXTEND) {
        ++*chars;
        if ((charclass_get(w->c) & CHAR_MARK) && !is_selector(w->c))
            *flags &= ~(uint32_t)WORD_SYMBOL;
        walk_to(w, w->next);
    }
}

/*
 * At a character that might join: when its other side is of the same kind,
 * move onto that side and return true.
 */
static bool walk_join(struct walk *w, enum kind last, uint32_t *chars)
{
    struct walk other = *w;
    uint32_t passed = 1, ignored = 0;

    if (!joins(w->c, last))
        return false;
    walk_to(&other, w->next);
    walk_extends(&other, &passed, &ignored);
    if (other.kind != last)
        return false;
    *w = other;
    *chars += passed;
    return true;
}

/* Past letters of ASCII, sixteen at a time; maybe not all of them. */
static size_t pass_ascii(struct slice text, size_t at)
{
#ifdef __SSE2__
    while (text.len - at >= 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(text.ptr + at));
        __m128i small = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        __m128i from_a = _mm_sub_epi8(small, _mm_set1_epi8('a'));
        __m128i letters = _mm_cmpeq_epi8(
            _mm_min_epu8(from_a, _mm_set1_epi8(25)), from_a);
        unsigned others = ~(unsigned)_mm_movemask_epi8(letters) & 0xffff;

        if (others)
            return at + (unsigned)__builtin_ctz(others);
        at += 16;
    }
#else
    (void)text;
#endif
    return at;
}

/* Past the letters of one or two bytes at `at`; counts them. */
static size_t pass_letters(struct slice text, size_t at, uint32_t *chars)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t begin = at, wide = 0;

    at = pass_ascii(text, at);
    while (at < text.len) {
        if ((unsigned)(p[at] | 0x20) - 'a' < 26) {
            at++;
        } else if (p[at] >= 0xc3 && p[at] < 0xe0 &&
                   (charclass_get((uint32_t)(p[at] & 0x1f) << 6 |
                                  (p[at + 1] & 0x3f)) & CHAR_LETTER)) {
            at = pass_ascii(text, at + 2);
            wide++;
        } else {
            break;
        }
    }
    *chars += (uint32_t)(at - begin - wide);
    return at;
}

/* From the first character of a run of letters, numbers and connectors. */
static struct span walk_run(struct walk *w)
{
    struct span word = { .at = (uint32_t)w->at };
    enum kind last = w->kind;

    for (;;) {
        if (w->kind == KIND_LETTER) {
            last = w->kind;
            word.flags |= WORD_LETTER;
            word.chars++;
            walk_to(w, pass_letters(w->text, w->next, &word.chars));
        } else if (w->kind <= KIND_CONNECTOR) {
            last = w->kind;
            word.flags |= last == KIND_NUMBER ? WORD_NUMBER : 0;
            word.chars++;
            walk_to(w, w->next);
        } else if (w->kind == KIND_EXTEND) {
            walk_extends(w, &word.chars, &word.flags);
        } else if (w->kind == KIND_SYMBOL && walk_join(w, last, &word.chars)) {
            word.flags |= WORD_INNER;
        } else {
            break;
        }
    }
    if (!(word.flags & (WORD_LETTER | WORD_NUMBER)))
        word.flags |= WORD_SYMBOL;
    word.len = (uint32_t)w->at - word.at;
    return word;
}

/* A run of one symbol, an ideograph, or marks with nothing to stand on. */
static struct span walk_single(struct walk *w)
{
    struct span word = { .at = (uint32_t)w->at };
    enum kind kind = w->kind;
    uint32_t c = w->c;

    word.flags = kind == KIND_SINGLE ? WORD_LETTER : WORD_SYMBOL;
    if (kind != KIND_EXTEND) {
        do {
            word.chars++;
            walk_to(w, w->next);
        } while (kind == KIND_SYMBOL && w->kind == kind && w->c == c);
    }
    walk_extends(w, &word.chars, &word.flags);
    word.len = (uint32_t)w->at - word.at;
    return word;
}

/* Room in the arena for one more span; a text's spans are doubled seldom. */
static struct span *span_room(struct span *spans, size_t count, size_t *cap,
                              struct arena *arena)
{
    struct span *moved;

    if (count < *cap)
        return spans;
    moved = arena_alloc(arena, 2 * *cap * sizeof *moved);
    memcpy(moved, spans, count * sizeof *moved);
    *cap *= 2;
    return moved;
}

/*
 * At a symbol: is it an apostrophe behind a letter, or a hyphen between two?
 */
static bool is_tie(const struct record_words *table, const struct walk *w)
{
    struct walk next = { .text = w->text };
    struct span last;

    if (w->c != '-' && w->c != '\'' && w->c != 0x2010 && w->c != 0x2011 &&
        w->c != 0x2019)
        return false;
    if (table->word_count == 0)
        return false;
    last = table->words[table->word_count - 1];
    if (!(last.flags & WORD_LETTER) || last.at + last.len != w->at)
        return false;
    walk_to(&next, w->next);
    if (w->c == '\'' || w->c == 0x2019)
        return next.kind != KIND_EXTEND;
    return next.kind == KIND_LETTER;
}

/* Does a run of letters end here for sure, by this byte and the next? */
static bool ends_letters(struct slice text, size_t at)
{
    if (at == text.len)
        return true;
    switch (text.ptr[at]) {
    case ' ': case '\n': case ',': case ';': case '!': case '?': case '(':
    case ')': case '"': case '-': case '/':
        return true;
    case '.':
        return at + 1 == text.len || text.ptr[at + 1] == ' ' ||
               text.ptr[at + 1] == '\n';
    }
    return false;
}

/*
 * What most of a text is, without a walk: a word of letters alone, of which one
 * look says that it ends.  False, and nothing is done, for all else.
 */
static bool easy_word(struct slice text, size_t at, struct span *word)
{
    uint32_t chars = 0;
    size_t end = pass_letters(text, at, &chars);

    if (end == at || !ends_letters(text, end))
        return false;
    *word = (struct span){ (uint32_t)at, (uint32_t)(end - at), chars,
                           WORD_LETTER };
    return true;
}

static void find_words(struct record_words *table, struct arena *arena)
{
    size_t cap = table->text.len / 4 + 16, at = 0;
    struct walk w = { .text = table->text };

    table->words = arena_alloc(arena, cap * sizeof *table->words);
    while (at < table->text.len) {
        if (table->text.ptr[at] == ' ' || table->text.ptr[at] == '\n') {
            at++;
            continue;
        }
        table->words = span_room(table->words, table->word_count, &cap, arena);
        if (easy_word(table->text, at, &table->words[table->word_count])) {
            at += table->words[table->word_count++].len;
            continue;
        }
        walk_to(&w, at);
        if (w.kind == KIND_SPACE ||
            (w.kind == KIND_SYMBOL && is_tie(table, &w))) {
            at = w.next;
            continue;
        }
        table->words[table->word_count++] =
            w.kind <= KIND_CONNECTOR ? walk_run(&w) : walk_single(&w);
        at = w.at;
    }
}

/* ---- lines ---- */

/* The last character, and the text without it. */
static uint32_t last_char(struct slice *line)
{
    struct slice whole = *line;
    size_t at = line->len - 1;

    while (at > 0 && ((unsigned char)line->ptr[at] & 0xc0) == 0x80)
        at--;
    line->len = at;
    return utf8_next(whole, &at);
}

static bool is_space(uint32_t c)
{
    return charclass_get(c) & CHAR_SPACE;
}

static uint32_t line_flags(struct slice line)
{
    uint32_t flags = 0, c = 0;
    size_t at = 0;
    struct slice left = line;

    do {
        if (at == line.len)
            return LINE_BLANK;
        c = utf8_next(line, &at);
    } while (is_space(c));
    if (c == 0x2022 || c == '-')
        flags |= LINE_BULLET;
    if (words_ends_sentence(last_char(&left)))
        flags |= LINE_STOP;
    left = line;
    do {
        line = left;
        c = last_char(&left);
    } while (is_space(c));
    if (c == 0x2026 ||
        (line.len >= 3 && memcmp(line.ptr + line.len - 3, "...", 3) == 0))
        flags |= LINE_ELLIPSIS;
    return flags;
}

static void find_lines(struct record_words *table, struct arena *arena)
{
    struct slice text = table->text;
    const char *at = text.ptr, *end = text.ptr + text.len;
    struct span *line;

    for (const char *p = at; (p = memchr(p, '\n', (size_t)(end - p))); p++)
        table->newlines++;
    line = table->lines =
        arena_alloc(arena, (table->newlines + 1) * sizeof *line);
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        struct slice bytes = { at, (size_t)((stop ? stop : end) - at) };

        line->at = (uint32_t)(at - text.ptr);
        line->len = (uint32_t)bytes.len;
        line->chars = (uint32_t)utf8_count(bytes);
        line->flags = line_flags(bytes);
        table->chars += line->chars;
        line++;
        at = stop ? stop + 1 : end;
    }
    table->chars += table->newlines;
    table->line_count = (size_t)(line - table->lines);
}

static void find_paragraphs(struct record_words *table, struct arena *arena)
{
    size_t begun = 0;
    struct span *paragraph = NULL;

    for (size_t i = 0; i < table->line_count; i++)
        begun += table->lines[i].len > 0 &&
                 (i == 0 || table->lines[i - 1].len == 0);
    table->paragraphs = arena_alloc(arena, (begun + 1) * sizeof *paragraph);
    for (size_t i = 0; i < table->line_count; i++) {
        struct span line = table->lines[i];

        if (line.len == 0) {
            paragraph = NULL;
        } else if (!paragraph) {
            paragraph = &table->paragraphs[table->paragraph_count++];
            *paragraph = line;
            paragraph->flags = 0;
        } else {
            paragraph->len += line.len + 1;
            paragraph->chars += line.chars + 1;
        }
    }
}

/* ---- the table ---- */

uint64_t words_line_max(void)
{
    return WORDS_TEXT_MAX / 3; /* NFC makes no text more than three times it */
}

void words_find(struct record_words *table, struct slice text,
                struct arena *arena)
{
    if (text.len > WORDS_TEXT_MAX)
        bug("a text of %zu bytes has no word table", text.len);
    if (text.len == 0)
        text.ptr = "";
    *table = (struct record_words){ .text = text };
    find_words(table, arena);
}

void words_split(struct record_words *table, struct slice text,
                 struct arena *arena)
{
    words_find(table, text, arena);
    find_lines(table, arena);
    find_paragraphs(table, arena);
}

const struct record_words *record_words(struct batch *batch,
                                        struct record *record)
{
    if (!record->words) {
        record->words = arena_alloc(&batch->arena, sizeof *record->words);
        words_split(record->words, record->text, &batch->arena);
    }
    return record->words;
}

/* Bytes of the ' or ’ at `at`, or 0. */
static size_t apostrophe_len(struct slice text, size_t at)
{
    if (at < text.len && text.ptr[at] == '\'')
        return 1;
    if (at + 3 <= text.len && memcmp(text.ptr + at, "\xe2\x80\x99", 3) == 0)
        return 3;
    return 0;
}

bool words_clitic(const struct record_words *table, struct span word,
                  struct slice *clitic)
{
    struct slice text = table->text;
    size_t end = (size_t)word.at + word.len, len;

    *clitic = words_slice(table, word);
    if (word.flags & WORD_INNER)
        for (size_t i = 0; i < word.len; i++) {
            len = apostrophe_len(*clitic, i);
            if (len > 0) {
                clitic->len = i + len;
                return true;
            }
        }
    len = apostrophe_len(text, end);
    if (len == 0 && end < text.len &&
        (text.ptr[end] == '-' || text.ptr[end] == '.'))
        len = 1;
    clitic->len = word.len + len;
    return len > 0;
}
