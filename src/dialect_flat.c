/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dialect_flat - brackets, and what to add to them and to take away.
 *
 * Only few code points can differ: those whose category changed between the
 * library's version and ours, and those on the list of a set that is negated,
 * since a bracket can name a category but not all of it but a list.  Each of
 * these is asked of all items, once as we mean them and once as the library
 * reads what we write.
 */
#include "src/dialect_flat.h"

#include <stdlib.h>

#include "src/charclass.h"
#include "src/fail.h"

enum { LAST = 0x10ffff, IOTA = 0x3b9 };

void dialect_flat_add(struct dialect_flat *flat, uint32_t first, uint32_t last)
{
    flat->items = grow(flat->items, &flat->cap, flat->count + 1,
                       sizeof *flat->items);
    flat->items[flat->count++] =
        (struct dialect_item){ .range = { first, last } };
}

static bool is_cased(const struct dialect_set *set)
{
    uint32_t cased = 1u << DIALECT_LU | 1u << DIALECT_LL | 1u << DIALECT_LT;

    return (set->categories & cased) != 0 &&
           (set->categories & cased) != cased;
}

bool dialect_flat_add_set(struct dialect_flat *flat,
                          const struct dialect_set *set, bool is_negated)
{
    if (flat->is_caseless && is_cased(set))
        return false;
    flat->items = grow(flat->items, &flat->cap, flat->count + 1,
                       sizeof *flat->items);
    flat->items[flat->count++] = (struct dialect_item){
        .set = *set, .is_set = true, .is_negated = is_negated
    };
    return true;
}

/* ---- what is in an item ---- */

/* A code point, up to `last` alike, and what Unicode says in one version. */
struct character {
    uint32_t cp, last;
    uint8_t category;
    int script;      /* of dialect_scripts; -1: of another */
    bool is_unknown; /* a script that the table does not tell */
};

static bool is_on_list(const struct dialect_set *set, uint32_t cp)
{
    for (int i = 0; i < 2 && set->plus[i]; i++)
        for (size_t k = 0; k < set->plus[i]->count; k++)
            if (cp <= set->plus[i]->ranges[k].last) {
                if (cp >= set->plus[i]->ranges[k].first)
                    return true;
                break;
            }
    return false;
}

static bool is_of_script(const struct dialect_set *set, int script)
{
    return script >= 0 &&
           (strcmp(set->name, dialect_scripts[script][0]) == 0 ||
            strcmp(set->name, dialect_scripts[script][1]) == 0);
}

/* As we mean the item. */
static bool item_has(const struct dialect_item *item, const struct character *c)
{
    const struct dialect_set *set = &item->set;
    bool has;

    if (!item->is_set)
        return item->range.first <= c->cp && c->cp <= item->range.last;
    if (set->is_script)
        has = is_of_script(set, c->script);
    else
        has = (set->categories >> c->category & 1) != 0 ||
              is_on_list(set, c->cp);
    return has != item->is_negated;
}

/* As the library reads what item_put() writes; `if_unknown`: what to guess. */
static bool item_has_in_library(const struct dialect_item *item,
                                const struct character *c, bool if_unknown)
{
    if (item->set.is_script && c->is_unknown)
        return if_unknown;
    if (item->is_set && item->is_negated && item->set.categories != 0)
        return (item->set.categories >> c->category & 1) == 0;
    return item_has(item, c);
}

static bool flat_has(const struct dialect_flat *flat, const struct character *c)
{
    for (size_t i = 0; i < flat->count; i++)
        if (item_has(&flat->items[i], c))
            return true;
    return false;
}

static bool library_has(const struct dialect_flat *flat,
                        const struct character *c, bool if_unknown)
{
    for (size_t i = 0; i < flat->count; i++)
        if (item_has_in_library(&flat->items[i], c, if_unknown))
            return true;
    return false;
}

/* ---- what differs ---- */

struct difference {
    struct dialect_ranges missing, surplus; /* of the library */
};

static void compare(const struct dialect_flat *flat, const struct character *we,
                    const struct character *they, struct difference *d)
{
    if (flat_has(flat, we)) {
        if (!library_has(flat, they, false))
            dialect_add(&d->missing, we->cp, we->last);
    } else if (library_has(flat, they, true)) {
        dialect_add(&d->surplus, we->cp, we->last);
    }
}

/* Whether the library's version and ours lie on two sides of the change. */
static bool is_between(const struct dialect_change *change, unsigned version)
{
    return (change->version > version) != (change->version > DIALECT_UNICODE);
}

/* Up to where, or to `last`, a range answers as for `cp`. */
static uint32_t range_until(struct dialect_range range, uint32_t cp,
                            uint32_t last)
{
    if (cp < range.first && range.first <= last)
        return range.first - 1;
    return cp >= range.first && cp <= range.last && range.last < last
               ? range.last
               : last;
}

/* The same of all ranges and lists of the items. */
static uint32_t same_until(const struct dialect_flat *flat, uint32_t cp,
                           uint32_t last)
{
    for (size_t i = 0; i < flat->count; i++) {
        const struct dialect_item *item = &flat->items[i];

        if (!item->is_set)
            last = range_until(item->range, cp, last);
        for (int k = 0; k < 2 && item->set.plus[k]; k++)
            for (size_t n = 0; n < item->set.plus[k]->count; n++)
                last = range_until(item->set.plus[k]->ranges[n], cp, last);
    }
    return last;
}

static void compare_change(const struct dialect_flat *flat,
                           const struct dialect_change *change,
                           struct difference *d)
{
    bool is_newer = change->version > DIALECT_UNICODE;

    for (uint32_t cp = change->first; cp <= change->last;) {
        uint32_t last = same_until(flat, cp, change->last);
        struct character old = { cp, last, change->before, -1, false };
        struct character new = { cp, last, change->after, change->script,
                                 is_newer };

        if (is_newer)
            compare(flat, &old, &new, d);
        else
            compare(flat, &new, &old, d);
        cp = last + 1;
    }
}

static uint8_t category_now(uint32_t cp)
{
    static const uint8_t classes[DIALECT_CATEGORY_COUNT] = {
        CHAR_LU, CHAR_LL, CHAR_LT, CHAR_LM, CHAR_LO, CHAR_MN, CHAR_MC, CHAR_ME,
        CHAR_ND, CHAR_NL, CHAR_NO, CHAR_PC, CHAR_PD, CHAR_PS, CHAR_PE, CHAR_PI,
        CHAR_PF, CHAR_PO, CHAR_SM, CHAR_SC, CHAR_SK, CHAR_SO, CHAR_ZS, CHAR_ZL,
        CHAR_ZP, CHAR_CC, CHAR_CF, CHAR_CN, CHAR_CO, CHAR_CS
    };
    uint8_t class = charclass_get(cp);
    uint8_t i = 0;

    while (i < DIALECT_CC && classes[i] != class)
        i++;
    if (class == CHAR_CW)
        return DIALECT_CC;
    while (classes[i] != class)
        i++;
    return i;
}

static bool has_changed(uint32_t cp, unsigned version)
{
    size_t low = 0, high = dialect_change_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (dialect_changes[middle].last < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return low < dialect_change_count && dialect_changes[low].first <= cp &&
           is_between(&dialect_changes[low], version);
}

/* Those on the lists of negated sets that have their categories for ever. */
static void compare_lists(const struct dialect_flat *flat, struct difference *d)
{
    for (size_t i = 0; i < flat->count; i++) {
        const struct dialect_item *item = &flat->items[i];

        if (!item->is_set || !item->is_negated || item->set.categories == 0)
            continue;
        for (int k = 0; k < 2 && item->set.plus[k]; k++)
            for (size_t n = 0; n < item->set.plus[k]->count; n++) {
                struct dialect_range r = item->set.plus[k]->ranges[n];

                for (uint32_t cp = r.first; cp <= r.last; cp++) {
                    struct character c = { cp, cp, category_now(cp), -1, true };

                    if (!has_changed(cp, flat->lib->version))
                        compare(flat, &c, &c, d);
                }
            }
    }
}

/* ---- writing ---- */

static void put_range(struct dialect_text *to, struct dialect_range range)
{
    dialect_put_code(to, range.first);
    if (range.last != range.first) {
        dialect_puts(to, "-");
        dialect_put_code(to, range.last);
    }
}

static void put_ranges(struct dialect_text *to,
                       const struct dialect_ranges *ranges)
{
    for (size_t i = 0; i < ranges->count; i++)
        put_range(to, ranges->items[i]);
}

static void add_ranges(struct dialect_ranges *to,
                       const struct dialect_ranges *from)
{
    for (size_t i = 0; i < from->count; i++)
        dialect_add(to, from->items[i].first, from->items[i].last);
}

static void add_list(struct dialect_ranges *to, const struct dialect_list *list,
                     bool is_negated)
{
    uint32_t next = 0;

    for (size_t i = 0; i < list->count; i++) {
        struct dialect_range range = list->ranges[i];

        if (!is_negated)
            dialect_add(to, range.first, range.last);
        else if (range.first > next)
            dialect_add(to, next, range.first - 1);
        next = range.last + 1;
    }
    if (is_negated)
        dialect_add(to, next, LAST);
}

static void put_categories(struct dialect_text *to, uint32_t categories)
{
    for (unsigned i = 0, end; i < DIALECT_CATEGORY_COUNT; i = end) {
        const char *names = DIALECT_CATEGORIES;
        uint32_t group = 0;

        for (end = i; names[2 * end] == names[2 * i]; end++)
            group |= 1u << end;
        if ((categories & group) == group) {
            dialect_puts(to, "\\p{");
            dialect_put(to, slice_make(names + 2 * i, 1));
            dialect_puts(to, "}");
            continue;
        }
        for (unsigned k = i; k < end; k++)
            if (categories >> k & 1) {
                dialect_puts(to, "\\p{");
                dialect_put(to, slice_make(names + 2 * k, 2));
                dialect_puts(to, "}");
            }
    }
}

/* Properties go to the text, and ranges to the ranges. */
static void item_put(const struct dialect_item *item,
                     const struct dialect_library *lib, struct dialect_text *to,
                     struct dialect_ranges *ranges)
{
    const struct dialect_set *set = &item->set;

    if (!item->is_set) {
        dialect_add(ranges, item->range.first, item->range.last);
    } else if (set->name[0]) {
        if (set->is_script && !lib->knows_script(set->name)) {
            if (item->is_negated)
                dialect_add(ranges, 0, LAST);
            return;
        }
        dialect_puts(to, item->is_negated ? "\\P{" : "\\p{");
        dialect_puts(to, set->is_script ? "sc:" : "");
        dialect_puts(to, set->name);
        dialect_puts(to, "}");
    } else if (set->categories == 0) {
        add_list(ranges, set->plus[0], item->is_negated);
    } else if (item->is_negated) {
        put_categories(to, ~set->categories);
    } else {
        put_categories(to, set->categories);
        for (int i = 0; i < 2 && set->plus[i]; i++)
            add_list(ranges, set->plus[i], false);
    }
}

/*
 * Of all marks, one is a letter's equal but for case: U+0345, of iota.  So all
 * letters or all marks without regard to case take in the others.
 */
static bool has_iota(const struct dialect_flat *flat)
{
    static const struct character iotas[] = {
        { IOTA, IOTA, DIALECT_LL, -1, true },
        { 0x399, 0x399, DIALECT_LU, -1, true },
        { 0x1fbe, 0x1fbe, DIALECT_LL, -1, true },
        { 0x345, 0x345, DIALECT_MN, -1, true },
    };

    for (int i = 0; i < 4; i++)
        if (flat_has(flat, &iotas[i]))
            return true;
    return false;
}

static void put_brackets(struct dialect_text *to, const char *before,
                         struct slice inside, const char *after)
{
    dialect_puts(to, before);
    dialect_put(to, inside);
    dialect_puts(to, after);
}

/* [text], or what is not in it, but for the surplus. */
static void put_text(const struct dialect_text *text,
                     const struct dialect_ranges *surplus, bool is_negated,
                     struct dialect_text *to)
{
    struct dialect_text except = { 0 };
    struct slice inside = slice_make(text->bytes, text->len);
    struct slice outside;

    put_ranges(&except, surplus);
    outside = slice_make(except.bytes, except.len);
    if (inside.len == 0) {
        dialect_puts(to, is_negated ? DIALECT_ANY : "[^\\x{0}-\\x{10ffff}]");
    } else if (outside.len == 0) {
        put_brackets(to, is_negated ? "[^" : "[", inside, "]");
    } else if (is_negated) {
        put_brackets(to, "(?:[^", inside, "]");
        put_brackets(to, "|(?-i:[", outside, "]))");
    } else {
        put_brackets(to, "(?:(?!(?-i:[", outside, "]))");
        put_brackets(to, "[", inside, "])");
    }
    free(except.bytes);
}

static void clear(struct dialect_flat *flat)
{
    free(flat->items);
    flat->items = NULL;
    flat->count = flat->cap = 0;
}

static void put_whole(struct dialect_flat *flat, bool is_negated,
                      struct dialect_text *to, struct dialect_ranges *changed)
{
    struct difference d = { 0 };
    struct dialect_text text = { 0 };
    struct dialect_ranges ranges = { 0 };

    /* A set is faster and shorter than all that is not in it. */
    if (flat->count == 1 && flat->items[0].is_negated) {
        flat->items[0].is_negated = false;
        is_negated = !is_negated;
    }
    for (size_t i = 0; i < dialect_change_count; i++)
        if (is_between(&dialect_changes[i], flat->lib->version))
            compare_change(flat, &dialect_changes[i], &d);
    add_ranges(changed, &d.missing);
    add_ranges(changed, &d.surplus);
    compare_lists(flat, &d);
    for (size_t i = 0; i < flat->count; i++)
        item_put(&flat->items[i], flat->lib, &text, &ranges);
    add_ranges(&ranges, &d.missing);
    if (flat->is_caseless && has_iota(flat))
        dialect_add(&ranges, IOTA, IOTA);
    /* Items and lists may overlap. */
    dialect_normalize(&ranges);
    dialect_normalize(&d.surplus);
    put_ranges(&text, &ranges);
    put_text(&text, &d.surplus, is_negated, to);
    free(d.missing.items);
    free(d.surplus.items);
    free(ranges.items);
    free(text.bytes);
}

/* What is on a list, is not known of a name: they cannot share brackets. */
static bool is_mixed(const struct dialect_flat *flat)
{
    bool has_name = false, has_list = false;

    for (size_t i = 0; i < flat->count; i++) {
        const struct dialect_item *item = &flat->items[i];

        has_name = has_name || item->set.name[0];
        has_list = has_list || (item->is_negated && item->set.plus[0] &&
                                item->set.categories != 0);
    }
    return has_name && has_list;
}

void dialect_flat_put(struct dialect_flat *flat, bool is_negated,
                      struct dialect_text *to, struct dialect_ranges *changed)
{
    struct dialect_flat named = *flat;

    if (is_mixed(flat)) {
        size_t kept = 0, count = flat->count;

        named.items = xcalloc(count, sizeof *named.items);
        named.count = 0;
        for (size_t i = 0; i < count; i++)
            if (flat->items[i].set.name[0])
                named.items[named.count++] = flat->items[i];
            else
                flat->items[kept++] = flat->items[i];
        flat->count = kept;
        dialect_puts(to, is_negated ? "(?:(?!" : "(?>");
        put_whole(flat, false, to, changed);
        dialect_puts(to, "|");
        put_whole(&named, false, to, changed);
        dialect_puts(to, is_negated ? ")" DIALECT_ANY ")" : ")");
        clear(&named);
    } else {
        put_whole(flat, is_negated, to, changed);
    }
    clear(flat);
}
