/* SPDX-License-Identifier: Apache-2.0 */
/*
 * options - one table per tool, and all that is made from it.
 *
 * Names are looked up one by one: tables are short and command lines are read
 * once.  Of an option given twice the last counts, but a list keeps all.
 */
#include "src/options.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/fail.h"

void option_list_add(struct option_list *list, const char *item)
{
    list->items = grow(list->items, &list->cap, list->count + 1,
                       sizeof *list->items);
    list->items[list->count++] = item;
}

void option_list_clear(struct option_list *list)
{
    free(list->items);
    *list = (struct option_list){ 0 };
}

/* What is wrong with a value; NULL = it was understood. */
static const char *count_read(const char *text, bool takes_unit,
                              uint64_t *count)
{
    const char *p = text;
    unsigned shift = 0;
    uint64_t sum = 0;

    if (*p == '-' && isdigit((unsigned char)p[1]))
        return "is negative";
    for (; isdigit((unsigned char)*p); p++) {
        unsigned digit = (unsigned)(*p - '0');

        if (sum > (UINT64_MAX - digit) / 10)
            return "is too large";
        sum = sum * 10 + digit;
    }
    if (takes_unit && p > text && *p != '\0' && strchr("KMG", *p)) {
        shift = *p == 'K' ? 10 : *p == 'M' ? 20 : 30;
        p++;
    }
    if (p == text || *p != '\0')
        return takes_unit ? "is not a size (digits, then K, M, G or nothing)"
                          : "is not a whole number";
    if (sum > UINT64_MAX >> shift)
        return "is too large";
    *count = sum << shift;
    return NULL;
}

/* Decimal digits only: strtod() alone would take "inf", "nan" and "0x1p3". */
static const char *number_read(const char *text, double *number)
{
    char *end;

    if (*text == '-' && (isdigit((unsigned char)text[1]) || text[1] == '.'))
        return "is negative";
    if (text[strspn(text, "0123456789.eE+-")] != '\0' ||
        !(isdigit((unsigned char)*text) || *text == '.'))
        return "is not a number";
    errno = 0;
    *number = strtod(text, &end);
    if (end == text || *end != '\0')
        return "is not a number";
    if (errno == ERANGE && *number > 1)
        return "is too large";
    return NULL;
}

/* Put `text` into the member; what is wrong with it, or NULL. */
static const char *value_set(const struct option *option, void *self,
                             const char *text)
{
    void *member = (char *)self + option->offset;

    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)member = true;
        return NULL;
    case OPTION_TEXT:
        *(const char **)member = text;
        return NULL;
    case OPTION_COUNT:
        return count_read(text, false, member);
    case OPTION_BYTES:
        return count_read(text, true, member);
    case OPTION_NUMBER:
        return number_read(text, member);
    case OPTION_LIST:
        option_list_add(member, text);
        return NULL;
    }
    bug("option --%s has no kind", option->name);
}

static void member_clear(const struct option *option, void *self)
{
    void *member = (char *)self + option->offset;

    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)member = false;
        break;
    case OPTION_TEXT:
        *(const char **)member = NULL;
        break;
    case OPTION_COUNT:
    case OPTION_BYTES:
        *(uint64_t *)member = 0;
        break;
    case OPTION_NUMBER:
        *(double *)member = 0;
        break;
    case OPTION_LIST:
        *(struct option_list *)member = (struct option_list){ 0 };
        break;
    }
}

void options_preset(const struct option *table, void *self)
{
    for (const struct option *o = table; o->name; o++) {
        const char *wrong = NULL;

        member_clear(o, self);
        if (!o->preset)
            continue;
        if (o->kind == OPTION_FLAG || o->kind == OPTION_LIST)
            wrong = "cannot be the preset of a flag or a list";
        else
            wrong = value_set(o, self, o->preset);
        if (wrong)
            bug("option --%s: '%s' %s", o->name, o->preset, wrong);
    }
}

static const struct option *table_find(const struct option *table,
                                       const char *name, size_t len)
{
    for (const struct option *o = table; o && o->name; o++)
        if (strlen(o->name) == len && memcmp(o->name, name, len) == 0)
            return o;
    return NULL;
}

enum { NAME_MAX_LEN = 40 };

/*
 * How many letters must be added, taken away, changed, or swapped with their
 * neighbour to make one name of the other.  At most NAME_MAX_LEN letters each.
 */
static size_t edit_distance(const char *a, size_t a_len, const char *b,
                            size_t b_len)
{
    size_t cost[NAME_MAX_LEN + 1][NAME_MAX_LEN + 1];

    for (size_t i = 0; i <= a_len; i++)
        for (size_t j = 0; j <= b_len; j++) {
            size_t best = i + j;

            if (i > 0 && j > 0) {
                best = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                if (cost[i - 1][j] + 1 < best)
                    best = cost[i - 1][j] + 1;
                if (cost[i][j - 1] + 1 < best)
                    best = cost[i][j - 1] + 1;
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1] && cost[i - 2][j - 2] + 1 < best)
                best = cost[i - 2][j - 2] + 1;
            cost[i][j] = best;
        }
    return cost[a_len][b_len];
}

/*
 * The nearest name within a third of its letters, so that "--tread" finds
 * "threads" but "--xy" finds nothing.  Of equally near names the first counts.
 */
static const char *table_nearest(const struct option *table, const char *name,
                                 size_t len, size_t *least)
{
    const char *nearest = NULL;

    for (const struct option *o = table; o && o->name; o++) {
        size_t o_len = strlen(o->name), distance;

        if (o_len > NAME_MAX_LEN || len > NAME_MAX_LEN)
            continue;
        distance = edit_distance(name, len, o->name, o_len);
        if (distance < *least && distance <= (o_len + 2) / 3) {
            *least = distance;
            nearest = o->name;
        }
    }
    return nearest;
}

static _Noreturn void unknown_option(const struct option *table,
                                     const struct option *common,
                                     const char *arg)
{
    const char *name = arg + strspn(arg, "-");
    size_t len = strcspn(name, "="), least = SIZE_MAX;
    const char *near = table_nearest(table, name, len, &least);
    const char *other = table_nearest(common, name, len, &least);
    int shown = (int)(len + (size_t)(name - arg));

    if (other)
        near = other;
    if ((len == 4 && memcmp(name, "help", 4) == 0) || strcmp(arg, "-h") == 0)
        usage_error("%s does not belong here", arg);
    if (near)
        usage_error("unknown option %.*s (did you mean --%s?)", shown, arg,
                    near);
    usage_error("unknown option %.*s (--help lists them)", shown, arg);
}

static const char *value_name(const struct option *option)
{
    static const char *const by_kind[] = {
        [OPTION_FLAG] = "", [OPTION_TEXT] = "TEXT", [OPTION_COUNT] = "N",
        [OPTION_BYTES] = "BYTES", [OPTION_NUMBER] = "X",
        [OPTION_LIST] = "TEXT",
    };

    return option->value ? option->value : by_kind[option->kind];
}

/*
 * The value that belongs to the option: behind its '=' or the next word, which
 * *at then passes.  A next word that begins with "--" is rather an option whose
 * neighbour lost its value; such a value can be given with '='.
 */
static const char *value_take(const struct option *option, const char *equals,
                              const char *const *argv, size_t count,
                              size_t *at)
{
    if (option->kind == OPTION_FLAG) {
        if (equals)
            usage_error("--%s takes no value ('%s' was given)", option->name,
                        equals + 1);
        return NULL;
    }
    if (equals)
        return equals + 1;
    if (*at + 1 == count || strncmp(argv[*at + 1], "--", 2) == 0)
        usage_error("--%s needs a value: %s", option->name, value_name(option));
    return argv[++*at];
}

void options_parse(const struct option *table, void *self,
                   const struct option *common, void *common_self,
                   const char *const *argv, size_t count,
                   struct option_list *operands)
{
    bool options_end = false;

    for (size_t i = 0; i < count; i++) {
        const char *arg = argv[i], *equals = NULL, *value, *wrong;
        const struct option *option;
        void *owner = self;

        if (options_end || arg[0] != '-' || arg[1] == '\0') {
            option_list_add(operands, arg);
            continue;
        }
        if (strcmp(arg, "--") == 0) {
            options_end = true;
            continue;
        }
        equals = strchr(arg, '=');
        if (strcmp(arg, "-o") == 0)
            arg = "--out";
        if (strncmp(arg, "--", 2) != 0)
            unknown_option(table, common, argv[i]);
        option = table_find(table, arg + 2, strcspn(arg + 2, "="));
        if (!option) {
            option = table_find(common, arg + 2, strcspn(arg + 2, "="));
            owner = common_self;
        }
        if (!option)
            unknown_option(table, common, argv[i]);
        value = value_take(option, equals, argv, count, &i);
        wrong = value_set(option, owner, value);
        if (wrong)
            usage_error("--%s: '%s' %s", option->name, value, wrong);
    }
}

bool options_help_asked(const char *const *argv, size_t count)
{
    for (size_t i = 0; i < count && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

/* "  -o, --out FILE", in memory that the caller frees. */
static char *print_form(const struct option *option)
{
    const char *value = value_name(option);

    return xprintf("  %s--%s%s%s", strcmp(option->name, "out") ? "" : "-o, ",
                   option->name, *value ? " " : "", value);
}

void options_print(const struct option *table, const char *title)
{
    size_t width = 0;

    for (const struct option *o = table; o->name; o++) {
        char *form = print_form(o);

        if (strlen(form) > width)
            width = strlen(form);
        free(form);
    }
    printf("%s\n", title);
    for (const struct option *o = table; o->name; o++) {
        char *form = print_form(o);

        printf("%-*s   %s", (int)width, form, o->help);
        if (o->preset)
            printf(" (default: %s)", o->preset);
        printf("\n");
        free(form);
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/*
 * Copy one word without its quotes from line[*at] to `word`, up to the blank
 * after it.  What is wrong, or NULL.
 */
static const char *word_read(const char *line, size_t len, size_t *at,
                             char *word)
{
    size_t i = *at, fill = 0, opened = i;
    char quote = '\0';

    for (; i < len && (quote || !is_blank(line[i])); i++) {
        char c = line[i];
        bool more = i + 1 < len;

        if (c == quote || (!quote && (c == '"' || c == '\''))) {
            quote = quote ? '\0' : c;
            opened = i;
        } else if (c == '\\' && !quote) {
            if (!more || line[i + 1] == '\n') {
                *at = i;
                return "a backslash at the end of the line";
            }
            word[fill++] = line[++i];
        } else if (c == '\\' && quote == '"' && more &&
                   (line[i + 1] == '"' || line[i + 1] == '\\')) {
            word[fill++] = line[++i];
        } else {
            word[fill++] = c;
        }
    }
    word[fill] = '\0';
    *at = quote ? opened : i;
    return quote ? "a quote that is not closed" : NULL;
}

bool options_split(const char *line, size_t len, struct option_list *words,
                   struct fault *fault)
{
    const char *nul = len > 0 ? memchr(line, '\0', len) : NULL;
    char *piece = NULL, *word = NULL;
    size_t at = 0;

    *fault = (struct fault){ NULL, 0 };
    if (nul) {
        *fault = (struct fault){ "a NUL byte", (size_t)(nul - line) };
        return false;
    }
    for (;;) {
        while (at < len && is_blank(line[at]))
            at++;
        if (at == len || line[at] == '#')
            return true;
        /* One piece for all words: with its NUL none is longer than before. */
        if (!piece)
            piece = word = xmalloc(len - at + 1);
        fault->what = word_read(line, len, &at, word);
        fault->at = at;
        if (fault->what) {
            if (word == piece)
                free(piece); /* else earlier words lie in it */
            return false;
        }
        option_list_add(words, word);
        word += strlen(word) + 1;
    }
}
