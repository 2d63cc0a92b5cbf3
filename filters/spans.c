/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans - which windows of a text are known; see the header.
 *
 * Of each anchor of a text there are the windows that chose it.  Where the same
 * run stood before, the checks around it say which of these windows did, too.
 * The others are new, and kept.
 */
#include "filters/spans.h"

#include <stdlib.h>
#include <string.h>

#include "filters/anchors.h"
#include "filters/wordstore.h"
#include "src/fail.h"

enum {
    PLACES = 8,       /* of an anchor, before its windows are entered */
    STRETCHES = 64,
    AHEAD = 8         /* anchors that are asked for before they are read */
};

struct spans {
    struct spans_shape shape;
    struct wordstore store;
    struct anchors anchors;
};

/* Windows [first, last] stand at their number + shift, in that part. */
struct stretch {
    size_t first, last;
    uint64_t shift;
    size_t part;
};

/* One text on its way. */
struct taking {
    struct spans *spans;
    const struct span_words *words;
    struct slice id;
    uint64_t name;         /* NAMES_NONE: not kept yet */
    struct arena *arena;
    struct span_matches *matches;
    size_t kept_to;        /* words up to it are in the last part; or 0 */
    uint64_t kept_shift;   /* place less number, of those */
    struct stretch before; /* the last one that was used */
    bool has_before;
    /* Words up to `to` are those so many words before them; 0: they are not. */
    struct {
        size_t distance, to;
    } period;
    /* The anchor at work, windows that chose it, and the anchor before. */
    size_t anchor, first, last, anchor_before;
};

struct spans *spans_new(const struct spans_shape *shape, uint64_t memory)
{
    struct spans *spans = xcalloc(1, sizeof *spans);

    spans->shape = *shape;
    spans->store.memory = memory;
    spans->store.bytes = sizeof *spans;
    return spans;
}

/* ---- what is kept ---- */

static bool open_part(struct taking *t, size_t first)
{
    struct wordstore *store = &t->spans->store;

    if (t->name == NAMES_NONE && !wordstore_name(store, t->id, &t->name))
        return false;
    t->kept_shift = store->count - first;
    t->kept_to = first;
    return wordstore_open(store, t->name, first);
}

static bool enter(struct spans *spans, uint64_t key, uint64_t place)
{
    if (place > ANCHORS_PLACE_MAX ||
        !wordstore_claim(&spans->store, anchors_more(&spans->anchors, key)))
        return false;
    anchors_put(&spans->anchors, key, place);
    return true;
}

static uint64_t window_key(const struct taking *t, size_t window)
{
    const struct spans_shape *shape = &t->spans->shape;

    return ~spans_hash(t->words, window, shape->length, shape->length_power);
}

static uint64_t anchor_key(const struct taking *t, size_t at)
{
    const struct spans_shape *shape = &t->spans->shape;

    return spans_hash(t->words, at, shape->run, shape->run_power);
}

/* Keep the words of windows [first, last]. */
static bool keep(struct taking *t, size_t first, size_t last)
{
    size_t end = last + t->spans->shape.length, from;

    if ((t->kept_to == 0 || first > t->kept_to) && !open_part(t, first))
        return false;
    from = t->kept_to;
    if (end <= from)
        return true;
    t->kept_to = end;
    return wordstore_append(&t->spans->store, t->words->checks + from,
                            end - from);
}

/* ---- what stood before ---- */

/*
 * Which of the windows that chose the anchor stand around `place` in that part?
 * False for none.
 */
static bool compare(const struct taking *t, uint64_t place, size_t part,
                    struct stretch *found)
{
    const struct wordstore *store = &t->spans->store;
    const struct spans_shape *shape = &t->spans->shape;
    const uint16_t *checks = t->words->checks;
    uint64_t begin = wordstore_part(store, part)->place;
    uint64_t end = wordstore_end(store, part);
    uint64_t shift = place - t->anchor;
    size_t right = t->anchor + SPANS_CHECK - 1, left = t->anchor;
    size_t right_most = t->last + shape->length, left_most = t->first;

    if (right_most > t->anchor + (end - place))
        right_most = (size_t)(t->anchor + (end - place));
    if (t->anchor - left_most > place - begin)
        left_most = (size_t)(t->anchor - (place - begin));
    while (right < right_most &&
           checks[right] == wordstore_check(store, right + shift))
        right++;
    if (right < t->anchor + shape->run)
        return false;
    while (left > left_most &&
           checks[left + SPANS_CHECK - 2] ==
               wordstore_check(store, left + SPANS_CHECK - 2 + shift))
        left--;
    if (right - left < shape->length)
        return false;
    *found = (struct stretch){ left, right - shape->length, shift, part };
    return true;
}

/* Does what the last span repeats go on here? */
static bool follow(const struct taking *t, struct stretch *found)
{
    uint64_t place = t->anchor + t->before.shift;
    size_t part = t->before.part;
    const struct wordstore *store = &t->spans->store;

    return t->has_before && place >= wordstore_part(store, part)->place &&
           place + t->spans->shape.run <= wordstore_end(store, part) &&
           compare(t, place, part, found);
}

/* All stretches of the anchor; *places says how many places it has. */
static size_t look_up(const struct taking *t, struct stretch *found,
                      size_t *places)
{
    struct anchors_walk walk =
        anchors_begin(&t->spans->anchors, anchor_key(t, t->anchor));
    size_t count = 0;
    uint64_t place;

    *places = 0;
    while (anchors_next(&walk, &place)) {
        ++*places;
        if (count < STRETCHES &&
            compare(t, place, wordstore_find(&t->spans->store, place),
                    &found[count]))
            count++;
    }
    return count;
}

/* Was the first of these windows entered under its own hash? */
static bool look_up_window(const struct taking *t, size_t first, size_t end,
                           struct stretch *found)
{
    struct taking from = *t;
    struct anchors_walk walk =
        anchors_begin(&t->spans->anchors, window_key(t, first));
    uint64_t place;

    from.anchor = from.first = first;
    from.last = end - 1;
    while (anchors_next(&walk, &place))
        if (compare(&from, place, wordstore_find(&t->spans->store, place),
                    found))
            return true;
    return false;
}

/* Windows [first, last] stood before, at their number + lead, in `id`. */
static void report(struct taking *t, size_t first, size_t last, uint64_t lead,
                   struct slice id)
{
    struct span_matches *m = t->matches;
    struct span_match *before = m->count > 0 ? &m->list[m->count - 1] : NULL;
    size_t end = last + t->spans->shape.length;

    if (before && before->end >= end)
        return;
    if (before && before->end >= first && before->id.ptr == id.ptr &&
        before->at - before->first == lead) {
        before->end = end;
        return;
    }
    if (before && before->end > first)
        first = before->end;
    if (m->count == m->cap) {
        struct span_match *list;

        m->cap = m->cap ? m->cap * 2 : 16;
        list = arena_alloc(t->arena, m->cap * sizeof *list);
        if (m->count > 0)
            memcpy(list, m->list, m->count * sizeof *list);
        m->list = list;
    }
    m->list[m->count++] = (struct span_match){ first, end, first + lead, id };
}

/* Those of a stretch. */
static void report_kept(struct taking *t, size_t first, size_t last,
                        const struct stretch *s)
{
    const struct wordstore *store = &t->spans->store;
    const struct wordstore_part *part = wordstore_part(store, s->part);

    t->before = *s;
    t->has_before = true;
    report(t, first, last, part->first + s->shift - part->place,
           names_get(&store->names, part->name));
}

/*
 * Do all windows of the anchor repeat those some words before them?  So it is
 * in "a b a b ...", of which only the first window is kept: without this, each
 * of its words would be a match of its own.
 */
static bool is_periodic(struct taking *t)
{
    const uint16_t *checks = t->words->checks;
    size_t end = t->last + t->spans->shape.length;
    size_t distance = t->anchor - t->anchor_before;

    if (t->period.distance == 0) {
        if (t->anchor == t->anchor_before || t->first < distance ||
            anchor_key(t, t->anchor) != anchor_key(t, t->anchor_before))
            return false;
        t->period.distance = distance;
        t->period.to = t->first + SPANS_CHECK - 1;
    }
    while (t->period.to < end &&
           checks[t->period.to] ==
               checks[t->period.to - t->period.distance])
        t->period.to++;
    if (t->period.to < end)
        t->period.distance = 0;
    return t->period.distance > 0;
}

/*
 * That which holds the window: one that goes on with what was repeated, else
 * that which reaches furthest, of equals the earliest.  Otherwise NULL, and
 * *next is the first window that one holds.
 */
static const struct stretch *choose(const struct taking *t, size_t window,
                                    const struct stretch *list, size_t count,
                                    size_t *next)
{
    const struct stretch *best = NULL;

    *next = t->last + 1;
    for (size_t i = 0; i < count; i++) {
        const struct stretch *s = &list[i];

        if (s->first > window) {
            *next = s->first < *next ? s->first : *next;
            continue;
        }
        if (s->last < window)
            continue;
        if (t->has_before && s->shift == t->before.shift)
            return s;
        if (!best || s->last > best->last ||
            (s->last == best->last && s->shift < best->shift))
            best = s;
    }
    return best;
}

/* Windows [first, end) are around an anchor that is everywhere. */
static bool take_windows(struct taking *t, size_t first, size_t end)
{
    size_t next;

    for (size_t i = first; i < end; i = next) {
        struct stretch s;

        next = i + 1;
        if (look_up_window(t, i, end, &s)) {
            report_kept(t, i, s.last, &s);
            next = s.last + 1;
        } else if (!keep(t, i, i) ||
                   !enter(t->spans, window_key(t, i), i + t->kept_shift)) {
            return false;
        }
    }
    return true;
}

static bool take_anchor(struct taking *t)
{
    struct stretch list[STRETCHES];
    size_t places = 0, count, next;
    bool is_new = false;

    if (follow(t, &list[0]) && list[0].first == t->first &&
        list[0].last == t->last) {
        report_kept(t, t->first, t->last, &list[0]);
        return true;
    }
    if (is_periodic(t)) {
        report(t, t->first, t->last, -(uint64_t)t->period.distance, t->id);
        return true;
    }
    count = look_up(t, list, &places);
    for (size_t i = t->first; i <= t->last; i = next) {
        const struct stretch *s = choose(t, i, list, count, &next);

        if (s) {
            report_kept(t, i, s->last, s);
            next = s->last + 1;
        } else if (places >= PLACES) {
            if (!take_windows(t, i, next))
                return false;
        } else {
            if (!keep(t, i, next - 1))
                return false;
            is_new = true;
        }
    }
    return !is_new || enter(t->spans, anchor_key(t, t->anchor),
                            t->anchor + t->kept_shift);
}

/* The first window that chose anchor i: the anchor came into it, or the one
 * before left it. */
static size_t first_window(const struct taking *t, size_t i)
{
    const uint32_t *anchors = t->words->anchors;

    if (i == 0)
        return 0;
    if (anchor_key(t, anchors[i]) <= anchor_key(t, anchors[i - 1]))
        return anchors[i] + 1 - t->spans->shape.choices;
    return (size_t)anchors[i - 1] + 1;
}

bool spans_take(struct spans *spans, const struct span_words *words,
                struct slice id, struct arena *arena,
                struct span_matches *matches)
{
    struct taking t = { .spans = spans, .words = words, .id = id,
                        .name = NAMES_NONE, .arena = arena,
                        .matches = matches };
    size_t first = 0;

    *matches = (struct span_matches){ 0 };
    for (size_t i = 0; i < words->anchor_count; i++) {
        size_t next = i + 1 < words->anchor_count
                          ? first_window(&t, i + 1)
                          : words->count - spans->shape.length + 1;

        if (i + AHEAD < words->anchor_count)
            anchors_prefetch(&spans->anchors,
                             anchor_key(&t, words->anchors[i + AHEAD]));
        t.anchor = words->anchors[i];
        t.anchor_before = words->anchors[i > 0 ? i - 1 : 0];
        t.first = first;
        t.last = next - 1;
        if (!take_anchor(&t))
            return false;
        first = next;
    }
    return true;
}

uint64_t spans_word_count(const struct spans *spans)
{
    return spans->store.count;
}

uint64_t spans_bytes(const struct spans *spans)
{
    return spans->store.bytes;
}

void spans_free(struct spans *spans)
{
    if (!spans)
        return;
    anchors_clear(&spans->anchors);
    wordstore_clear(&spans->store);
    free(spans);
}
