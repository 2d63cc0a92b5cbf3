/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans - windows, the cheapest path through a block of them, and what is left
 * to do at the seams.
 */
#include "langid/spans.h"

#include <math.h>

#include "langid/columns.h"
#include "langid/seams.h"

static const float price_of_switch = 10.0f; /* nats */
static const double doubt = 6.0;           /* nats */
static const float loss_script = 20.0f;    /* of a label of another script */
static const float loss_unknown = 12.0f;   /* of a label not among the best */
static const float settled = 40.0f;        /* nats between relatives */

/* The end of the window that begins at `from`: after a space, or at twice the
   usual length, between two characters. */
static size_t window_end(struct slice text, size_t from)
{
    size_t at = from + SPANS_WINDOW, limit = from + 2 * SPANS_WINDOW;

    if (text.len <= at)
        return text.len;
    if (limit > text.len)
        limit = text.len;
    for (; at < limit; at++)
        if ((unsigned char)text.ptr[at - 1] <= ' ')
            return at;
    while (at < text.len && at < limit + 4 &&
           ((unsigned char)text.ptr[at] & 0xc0) == 0x80)
        at++;
    return at;
}

static bool is_kept(const struct spans_window *window, uint16_t id)
{
    for (size_t i = 0; i < window->count; i++)
        if (window->ids[i] == id)
            return true;
    return false;
}

/* The next best label of a window. */
static void keep(struct spans_window *window, uint16_t id, float loss)
{
    window->losses[window->count] = loss;
    window->ids[window->count++] = id;
}

_Static_assert(MODEL_LANES_MAX % COLUMNS_STEP == 0 &&
                   MODEL_LANES_MAX <= COLUMNS_ROWS * COLUMNS_MAX,
               "a script's logits, and what makes them full columns");

/*
 * The SPANS_TOP best labels of a window by logits, the best first.  Of classes
 * of one label the first counts if it is not far below the best: with the best
 * of them, other languages, which have many, came up too often.
 */
static void keep_best(const struct model *model, unsigned script, float *z,
                      float sharpness, struct spans_window *window)
{
    const struct model_rival *rivals = model->rivals + model->first[script];
    struct columns columns;
    float best, next;

    columns_fill(&columns, z, model->count[script]);
    best = next = columns_top(&columns);
    while (window->count < SPANS_TOP &&
           (best - next) * sharpness < loss_unknown) {
        size_t place = columns_take(&columns, next);
        size_t first = rivals[place].same;
        uint16_t id = rivals[first].class;
        bool comes_later = (best - z[first]) * sharpness < loss_unknown;

        if (first == place || (!comes_later && !is_kept(window, id)))
            keep(window, id, (best - next) * sharpness);
        next = columns_top(&columns);
    }
}

static void score_window(const struct model *model, struct spans_room *room,
                         struct slice text, struct spans_window *window)
{
    const struct model_part *part = &model->parts[MODEL_QUICK];
    struct features *features = &room->features;
    int32_t sums[MODEL_LANES_MAX];
    float z[MODEL_SCORES];
    unsigned script;
    uint64_t rows;

    features_read(features, slice_make(text.ptr + window->from,
                                       window->to - window->from));
    script = features->script;
    window->script = script;
    window->letters = features->letters;
    window->count = 0;
    if (model->count[script] == 0) {
        keep(window, (uint16_t)(SPANS_FACT + script), 0.0f);
        return;
    }
    memset(sums, 0, model->groups * KERNEL_LANES * sizeof *sums);
    rows = model_sum(model, MODEL_QUICK, features->codes, features->len, script,
                     sums);
    model_logits(model, MODEL_QUICK, script, sums, rows, features->signs, z);
    keep_best(model, script, z, (float)part->sharpness[model_length(rows)],
              window);
}

/* The labels with most letters of windows that they are best in. */
static size_t choose_candidates(const struct spans_room *room, size_t count,
                                uint16_t ids[SPANS_CANDIDATES])
{
    uint16_t seen[SPANS_SEEN];
    uint64_t votes[SPANS_SEEN];
    size_t distinct = 0, chosen = 0;

    for (size_t i = 0; i < count; i++) {
        const struct spans_window *window = &room->windows[i];
        size_t k = 0;

        while (k < distinct && seen[k] != window->ids[0])
            k++;
        if (k == SPANS_SEEN)
            continue; /* what comes so late is not much */
        if (k == distinct) {
            seen[distinct] = window->ids[0];
            votes[distinct++] = 0;
        }
        votes[k] += 1 + window->letters;
    }
    for (; chosen < SPANS_CANDIDATES && chosen < distinct; chosen++) {
        size_t best = 0;

        for (size_t k = 1; k < distinct; k++)
            if (votes[k] > votes[best])
                best = k;
        ids[chosen] = seen[best];
        votes[best] = 0;
    }
    return chosen;
}

static unsigned id_script(const struct model *model, uint16_t id)
{
    return id >= SPANS_FACT ? (unsigned)(id - SPANS_FACT)
                            : model->classes[id].script;
}

static float window_loss(const struct model *model,
                         const struct spans_window *window, uint16_t id)
{
    unsigned script = id_script(model, id);

    if (window->letters == 0)
        return 0.0f;
    if (script != window->script && script != 0)
        return loss_script;
    for (size_t i = 0; i < window->count; i++)
        if (window->ids[i] == id)
            return window->losses[i];
    return loss_unknown;
}

/* ids[path of window i] is the label of window i; path is room->back[i][0]. */
static void find_path(const struct model *model, struct spans_room *room,
                      size_t count, const uint16_t *ids, size_t candidates)
{
    float cost[SPANS_CANDIDATES] = { 0 };
    size_t best = 0;

    for (size_t i = 0; i < count; i++) {
        float old = cost[best = 0];

        for (size_t c = 1; c < candidates; c++)
            if (cost[c] < old)
                old = cost[best = c];
        for (size_t c = 0; c < candidates; c++) {
            bool change = i > 0 && old + price_of_switch < cost[c];

            room->back[i][c] = (uint8_t)(change ? best : c);
            cost[c] = (change ? old + price_of_switch : cost[c]) - old +
                      window_loss(model, &room->windows[i], ids[c]);
        }
    }
    best = 0;
    for (size_t c = 1; c < candidates; c++)
        if (cost[c] < cost[best])
            best = c;
    for (size_t i = count; i-- > 0;) {
        size_t before = room->back[i][best];

        room->back[i][0] = (uint8_t)best;
        best = before;
    }
}

struct list {
    struct arena *arena;
    struct span *spans;
    size_t count, cap;
};

/* How far the best relative of a window's label is below it. */
static float relatives_loss(const struct model *model,
                            const struct spans_window *window, uint16_t id)
{
    float best = loss_unknown;

    if (id >= SPANS_FACT || model->classes[id].relatives == 0 ||
        window->script != model->classes[id].script)
        return 0.0f;
    for (size_t i = 0; i < window->count; i++)
        if (window->ids[i] != id &&
            model->classes[window->ids[i]].relatives ==
                model->classes[id].relatives &&
            window->losses[i] < best)
            best = window->losses[i];
    return best - window_loss(model, window, id);
}

static void list_add(struct list *list, const struct model *model,
                     const struct spans_window *window, uint16_t id)
{
    struct span *last = list->count > 0 ? &list->spans[list->count - 1] : NULL;
    float relatives = relatives_loss(model, window, id);

    if (last && last->id == id) {
        last->to = window->to;
        last->letters += window->letters;
        last->relatives += relatives;
        return;
    }
    if (list->count == list->cap) {
        size_t cap = list->cap > 0 ? list->cap * 2 : 8;
        struct span *more = arena_alloc(list->arena, cap * sizeof *more);

        if (list->count > 0)
            memcpy(more, list->spans, list->count * sizeof *more);
        list->spans = more;
        list->cap = cap;
    }
    list->spans[list->count++] = (struct span){
        .from = window->from, .to = window->to, .letters = window->letters,
        .id = id, .relatives = relatives
    };
}

/* May a span of few letters be taken for its neighbour's? */
static bool joins(const struct model *model, const struct span *a,
                  const struct span *b)
{
    unsigned x = id_script(model, a->id), y = id_script(model, b->id);

    return a->letters == 0 || x == y || x == 0 || y == 0;
}

/* The rows of the full part for the text of a span, whose features are read. */
static uint64_t sum_span(const struct model *model, struct features *features,
                         struct slice text, const struct span *span,
                         int32_t *sums)
{
    features_read(features, slice_make(text.ptr + span->from,
                                       span->to - span->from));
    return model_sum(model, MODEL_FULL, features->codes, features->len,
                     features->script, sums);
}

/* Which of the relatives of its label a span is in: a class. */
static uint16_t settle_span(const struct model *model,
                            struct features *features, struct slice text,
                            const struct span *span)
{
    const struct model_class *class = &model->classes[span->id];
    int32_t sums[MODEL_LANES_MAX] = { 0 };
    float z[MODEL_SCORES], best = -INFINITY;
    uint64_t rows = sum_span(model, features, text, span, sums);
    uint16_t id = span->id;

    if (features->script != class->script)
        return id;
    model_logits(model, MODEL_FULL, features->script, sums, rows,
                 features->signs, z);
    for (size_t i = 0; i < model->count[features->script]; i++) {
        uint16_t other = model->rivals[model->first[features->script] +
                                       i].class;

        if (model->classes[other].relatives == class->relatives &&
            z[i] > best) {
            best = z[i];
            id = other;
        }
    }
    return id;
}

/* Keep a span behind the first `count`; one of the last's label joins it. */
static size_t keep_span(struct list *list, size_t count,
                        const struct span *span)
{
    struct span *last = count > 0 ? &list->spans[count - 1] : NULL;

    if (last && last->id == span->id) {
        last->to = span->to;
        last->letters += span->letters;
        return count;
    }
    list->spans[count] = *span;
    return count + 1;
}

static void settle_relatives(const struct model *model, struct features *room,
                             struct slice text, struct list *list)
{
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        struct span *span = &list->spans[i];

        if (span->id < SPANS_FACT && model->classes[span->id].relatives != 0 &&
            span->relatives < settled)
            span->id = settle_span(model, room, text, span);
        count = keep_span(list, count, span);
    }
    list->count = count;
}

/*
 * How many nats the full part sees between a span's label and a neighbour's,
 * for the text of the span.
 */
static double advantage(const struct model *model, struct spans_room *room,
                        struct slice text, const struct span *span,
                        const struct span *neighbour)
{
    const struct model_part *part = &model->parts[MODEL_FULL];
    const struct model_class *a, *b;
    int32_t sums[MODEL_LANES_MAX] = { 0 };
    uint64_t rows;
    double root;

    if (span->id >= SPANS_FACT || neighbour->id >= SPANS_FACT)
        return HUGE_VAL;
    a = &model->classes[span->id];
    b = &model->classes[neighbour->id];
    rows = sum_span(model, &room->features, text, span, sums);
    if (room->features.script != (b->script != 0 ? b->script : a->script))
        return HUGE_VAL;
    root = sqrt((double)(rows + 1));
    return ((sums[a->lane] - sums[b->lane]) * part->scale / root +
            (a->lean[MODEL_FULL] - b->lean[MODEL_FULL]) * root +
            a->bias[MODEL_FULL] - b->bias[MODEL_FULL]) *
           part->sharpness[model_length(rows)];
}

/* Is a span too short, or its label too doubtful, to stand beside it? */
static bool is_doubtful(const struct model *model, struct spans_room *room,
                        struct slice text, const struct span *span,
                        const struct span *neighbour)
{
    if (!joins(model, span, neighbour))
        return span->letters < SPANS_LETTERS_SCRIPT;
    return span->letters < SPANS_LETTERS_MIN ||
           (span->letters < SPANS_LETTERS_SURE &&
            advantage(model, room, text, span, neighbour) < doubt);
}

/* Short spans go to the longer neighbour that will have them; then equals
   become one. */
static void join_short(const struct model *model, struct spans_room *room,
                       struct slice text, struct list *list)
{
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        struct span *span = &list->spans[i];
        struct span *last = count > 0 ? &list->spans[count - 1] : NULL;
        struct span *next = i + 1 < list->count ? span + 1 : NULL;

        if (span->letters < SPANS_LETTERS_SURE) {
            bool to_last = last && is_doubtful(model, room, text, span, last);
            bool to_next = next && is_doubtful(model, room, text, span, next);

            if (to_last && (!to_next || last->letters >= next->letters))
                span->id = last->id;
            else if (to_next)
                span->id = next->id;
        }
        count = keep_span(list, count, span);
    }
    list->count = count;
}

/* Move the seam between two spans to the word where it fits best. */
static void move_seam(const struct model *model, struct spans_room *room,
                      struct slice text, struct span *a, struct span *b)
{
    size_t reach = SEAMS_REACH, seam = a->to;
    size_t from = seam - a->from > reach ? seam - reach : a->from;
    size_t to = b->to - seam > reach ? seam + reach : b->to;
    unsigned script = id_script(model, a->id);
    int64_t fits[2 * SEAMS_REACH] = { 0 }, best = INT64_MIN;
    struct seams seams;

    seams_read(&seams, &room->features, text, from, to, script);
    if (script != id_script(model, b->id)) {
        memcpy(fits, seams.letters, sizeof fits);
    } else if (a->id < SPANS_FACT && b->id < SPANS_FACT) {
        for (unsigned n = 2; n <= FEATURES_GRAM_MAX; n++)
            if (model->parts[MODEL_QUICK].kind.grams >> n & 1)
                seams_weigh(model, &seams, n, &model->classes[a->id],
                            &model->classes[b->id], fits);
    } else {
        return;
    }
    for (size_t i = 0; i + 1 < seams.count; i++)
        if (fits[i] > best) {
            best = fits[i];
            a->to = b->from = seams.at[i];
        }
}

static void set_label(const struct model *model, struct span *span)
{
    if (span->id < SPANS_FACT) {
        memcpy(span->label, model->classes[span->id].label, sizeof span->label);
        return;
    }
    memcpy(span->label, "und_", 4);
    memcpy(span->label + 4, letters_scripts[span->id - SPANS_FACT], 5);
}

size_t spans_find(const struct model *model, struct spans_room *room,
                  struct slice text, struct arena *arena, struct span **spans)
{
    struct list list = { .arena = arena };
    uint16_t ids[SPANS_CANDIDATES];

    for (size_t at = 0; at < text.len;) {
        size_t count = 0, candidates;

        for (; count < SPANS_BLOCK && at < text.len; count++) {
            struct spans_window *window = &room->windows[count];

            window->from = at;
            at = window->to = window_end(text, at);
            score_window(model, room, text, window);
        }
        candidates = choose_candidates(room, count, ids);
        find_path(model, room, count, ids, candidates);
        for (size_t i = 0; i < count; i++)
            list_add(&list, model, &room->windows[i], ids[room->back[i][0]]);
    }
    settle_relatives(model, &room->features, text, &list);
    join_short(model, room, text, &list);
    for (size_t i = 1; i < list.count; i++)
        move_seam(model, room, text, &list.spans[i - 1], &list.spans[i]);
    for (size_t i = 0; i < list.count; i++)
        set_label(model, &list.spans[i]);
    *spans = list.spans;
    return list.count;
}
