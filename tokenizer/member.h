/* SPDX-License-Identifier: Apache-2.0 */
/*
 * member.h - asking a JSON object that was checked about its members.
 *
 * For settings files: each question walks the object, so a handful of them on a
 * small object is what this is for.
 */
#ifndef MLIN_TOKENIZER_MEMBER_H
#define MLIN_TOKENIZER_MEMBER_H

#include <stdbool.h>

#include "src/json.h"
#include "src/slice.h"

static inline bool member_is(const struct json_member *m, enum json_kind kind)
{
    return m->kind == kind;
}

/* A member that says something: absent and null are the same here. */
static inline bool member_find(struct slice object, const char *key,
                               struct json_member *m)
{
    return json_find(object, slice_from(key), m) && !member_is(m, JSON_NULL);
}

static inline bool member_true(struct slice object, const char *key,
                               bool preset)
{
    struct json_member m;

    return member_find(object, key, &m) ? member_is(&m, JSON_TRUE) : preset;
}

/* Is the object's member `key` the string `value`? */
static inline bool member_says(struct slice object, const char *key,
                               const char *value)
{
    struct json_member m;

    return member_find(object, key, &m) && member_is(&m, JSON_STRING) &&
           json_key_is(slice_make(m.value.ptr + 1, m.value.len - 2),
                       slice_from(value));
}

static inline bool member_type_is(struct slice object, const char *type)
{
    return member_says(object, "type", type);
}

#endif
