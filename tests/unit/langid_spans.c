/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid_spans - spans cover a text without gaps whatever its bytes are, find
 * the languages of a mixed text at the right words, and leave a text in one
 * language whole.
 */
#include "langid/spans.h"

#include "langid/explain.h"
#include "tests/check.h"

static struct model model;
static struct spans_room room;

static const char german[] =
    "Morgen früh fahren wir mit dem Zug zu unserer Großmutter, weil sie "
    "Geburtstag hat und uns alle lange nicht gesehen hat. ";
static const char polish[] =
    "Jutro rano pojedziemy pociągiem do naszej babci na wieś, bo dawno jej "
    "nie widzieliśmy i bardzo za nią tęsknimy. ";
static const char russian[] =
    "Завтра утром мы поедем на поезде к нашей бабушке в деревню, потому что "
    "давно её не видели. ";

static void check_cover(const struct span *spans, size_t count, size_t len)
{
    check((count == 0) == (len == 0));
    for (size_t i = 0; i < count; i++) {
        check(spans[i].from == (i > 0 ? spans[i - 1].to : 0));
        check(spans[i].from < spans[i].to);
        check(strlen(spans[i].label) == 8 && spans[i].label[3] == '_');
    }
    check(count == 0 || spans[count - 1].to == len);
}

static void languages_are_found(struct arena *arena)
{
    const char *const parts[] = { german, polish, russian, german };
    const char *const labels[] = { "deu_Latn", "pol_Latn", "rus_Cyrl",
                                   "deu_Latn" };
    char text[1000];
    size_t count, at = 0;
    struct span *spans;

    snprintf(text, sizeof text, "%s%s%s%s", parts[0], parts[1], parts[2],
             parts[3]);
    count = spans_find(&model, &room, slice_from(text), arena, &spans);
    check_cover(spans, count, strlen(text));
    check_that(count == 4, "%zu spans", count);
    for (size_t i = 0; i < count && i < 4; i++) {
        check_that(strcmp(spans[i].label, labels[i]) == 0, "%zu is %s", i,
                   spans[i].label);
        check_that(spans[i].from + 20 > at && spans[i].from < at + 20,
                   "%zu begins at %zu, not at %zu", i, spans[i].from, at);
        at += strlen(parts[i]);
    }
}

static void one_language_stays_whole(struct arena *arena)
{
    size_t cap = 200 * sizeof german, len = 0, count;
    char *text = malloc(cap);
    struct span *spans;

    check(text != NULL);
    for (size_t i = 0; i < 199; i++)
        len += (size_t)snprintf(text + len, cap - len, "%s", i % 50 == 49
                                ? "New York Times (Кремль) 1984! " : german);
    count = spans_find(&model, &room, slice_from(text), arena, &spans);
    check_cover(spans, count, strlen(text));
    check_that(count == 1 && strcmp(spans[0].label, "deu_Latn") == 0,
               "%zu spans, the first %s", count, spans[0].label);
    free(text);
}

/* Neighbours of the North, line by line: as langid calls the lines alone. */
static void relatives_are_found(struct arena *arena)
{
    static const char nynorsk[] =
        "Eg veit ikkje kvifor toget alltid er forseinka om måndagane, men "
        "ho seier at dei ikkje har nok folk til å køyre det. ";
    static const char swedish[] =
        "I morgon bitti åker vi tåg till vår mormor på landet, eftersom hon "
        "fyller år och inte har sett oss på länge. ";
    char text[2000];
    size_t count;
    struct span *spans;

    snprintf(text, sizeof text, "%s%s%s%s", nynorsk, nynorsk, swedish, swedish);
    count = spans_find(&model, &room, slice_from(text), arena, &spans);
    check_cover(spans, count, strlen(text));
    check_that(count == 2 && strcmp(spans[0].label, "nno_Latn") == 0 &&
                   strcmp(spans[1].label, "swe_Latn") == 0,
               "%zu spans, the first %s", count, spans[0].label);
}

/* Also what explains a guess about such bytes is JSON. */
static void hostile_bytes(struct arena *arena)
{
    static const char *const pieces[] = {
        "\xff", "\xc3", "\xe2\x80", "a", "\xd0\xb0", "\xe0\xb8\x81 ", " ", "\n",
        "&eacute;", "\"", german, polish, russian, "{x=y;}", "123 "
    };
    struct random random = { 9 };
    size_t cap = 300000;
    char *text = malloc(cap);

    check(text != NULL);
    for (int round = 0; round < 300; round++) {
        size_t want = random_below(&random, round % 50 == 0 ? 250000 : 500);
        size_t len = 0, count;
        struct span *spans;
        struct model_guess guess;
        struct slice why;

        while (len < want) {
            const char *piece = pieces[random_below(
                &random, sizeof pieces / sizeof pieces[0])];

            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        count = spans_find(&model, &room, slice_make(text, len), arena, &spans);
        check_cover(spans, count, len);
        model_guess(&model, &room.features, slice_make(text, len), &guess);
        why = explain_json(&model, &room.features, slice_make(text, len),
                           &guess, arena);
        check(why.len >= 2 && why.ptr[0] == '{' && why.ptr[why.len - 1] == '}');
        arena_reset(arena);
    }
    free(text);
}

int main(void)
{
    struct arena arena = { 0 };
    struct fault fault;

    check_that(model_open(&model, "langid/models/europe.lid", &fault), "%s",
               fault.what);
    languages_are_found(&arena);
    one_language_stays_whole(&arena);
    relatives_are_found(&arena);
    hostile_bytes(&arena);
    arena_clear(&arena);
    model_close(&model);
    return check_done();
}
