/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fail - the ways a run ends badly, and memory that is there or ends the run.
 */
#include "src/fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool refuse(struct fault *fault, const char *what, uint64_t at)
{
    *fault = (struct fault){ what, (size_t)at };
    return false;
}

static const char *tool_name;

void fail_name(const char *tool)
{
    tool_name = tool;
}

/* One write() per message, so that threads and processes never mix lines. */
static void message(const char *kind, const char *format, va_list args)
{
    char text[4096];
    int len = snprintf(text, sizeof text, "mlin%s%s: %s", tool_name ? " " : "",
                       tool_name ? tool_name : "", kind);
    size_t at = len < 0 ? 0 : (size_t)len;

    len = vsnprintf(text + at, sizeof text - at - 1, format, args);
    if (len > 0)
        at += (size_t)len < sizeof text - at - 1 ? (size_t)len
                                                 : sizeof text - at - 2;
    for (size_t i = 0; i < at; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            text[i] = text[i] == '\n' || text[i] == '\t' ? text[i] : '?';
    text[at++] = '\n';
    if (write(STDERR_FILENO, text, at) < 0)
        return; /* nobody left to tell */
}

void bug(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    message("bug: ", format, args);
    va_end(args);
    abort();
}

void die(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    message("", format, args);
    va_end(args);
    _exit(1);
}

void usage_error(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    message("", format, args);
    va_end(args);
    _exit(2);
}

void notice(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    message("", format, args);
    va_end(args);
}

void *xmalloc(size_t size)
{
    void *ptr = malloc(size > 0 ? size : 1);

    if (!ptr)
        die("out of memory (%zu bytes more were needed)", size);
    return ptr;
}

void *xcalloc(size_t count, size_t size)
{
    void *ptr = calloc(count > 0 ? count : 1, size > 0 ? size : 1);

    if (!ptr)
        die("out of memory (%zu items of %zu bytes were needed)", count, size);
    return ptr;
}

void *xrealloc(void *old, size_t size)
{
    void *ptr = realloc(old, size > 0 ? size : 1);

    if (!ptr)
        die("out of memory (%zu bytes were needed)", size);
    return ptr;
}

char *xstrdup(const char *string)
{
    size_t size = strlen(string) + 1;

    return memcpy(xmalloc(size), string, size);
}

char *xprintf(const char *format, ...)
{
    va_list args;
    int len;
    char *text;

    va_start(args, format);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        bug("xprintf: bad format %s", format);
    text = xmalloc((size_t)len + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return text;
}

void *grow(void *items, size_t *cap, size_t need, size_t item_size)
{
    size_t new_cap = *cap > 0 ? *cap : 16;

    if (need <= *cap)
        return items;
    while (new_cap < need)
        new_cap += new_cap / 2 + 16;
    if (new_cap > SIZE_MAX / item_size)
        die("out of memory (%zu items of %zu bytes were needed)", need,
            item_size);
    *cap = new_cap;
    return xrealloc(items, new_cap * item_size);
}

void *grow_zero(void *items, size_t *cap, size_t need, size_t item_size)
{
    size_t old = *cap;
    char *grown = grow(items, cap, need, item_size);

    if (*cap > old)
        memset(grown + old * item_size, 0, (*cap - old) * item_size);
    return grown;
}
