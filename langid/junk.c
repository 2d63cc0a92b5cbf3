/* SPDX-License-Identifier: Apache-2.0 */
/*
 * junk - each kind of junk is a function that appends one piece; a line is
 * pieces of one kind until it is long enough.
 */
#include "langid/junk.h"

#include <stdio.h>
#include <string.h>

#include "src/utf8.h"

enum { PIECE_MAX = 200 };

struct line {
    char *text;
    size_t len;
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *pick(struct draw *draw, const char *const *from,
                        size_t count)
{
    return from[draw_below(draw, count)];
}

static void put_text(struct line *line, const char *text)
{
    size_t len = strlen(text);

    memcpy(line->text + line->len, text, len);
    line->len += len;
}

static void put_chars(struct line *line, struct draw *draw, const char *from,
                      size_t count)
{
    size_t len = strlen(from);

    while (count-- > 0)
        line->text[line->len++] = from[draw_below(draw, len)];
}

static const char small[] = "abcdefghijklmnopqrstuvwxyz";
static const char base64[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char digits[] = "0123456789";
static const char hex[] = "0123456789abcdef";

/* Names of things in programs; a piece of junk has one to three in a row. */
static const char *const stems[] = {
    "get", "set", "is", "str", "int", "ptr", "buf", "len", "idx", "tmp", "ctx",
    "cfg", "init", "src", "dst", "img", "div", "btn", "nav", "col", "row",
    "row", "obj", "arr", "val", "key", "err", "msg", "req", "res", "fn", "cb",
    "node", "list", "map", "hash", "util", "http", "xml", "json", "html", "css",
    "url", "uri", "id", "uid", "user", "data", "file", "path", "text", "item",
    "count", "size", "width", "height", "color", "style", "class", "type",
    "event", "click", "load", "update", "render", "parse", "async", "await",
    "test", "main", "self", "this", "args", "param", "index", "value", "name",
    "mode", "flag", "state", "status", "code", "error", "warning", "debug",
    "log", "logger", "level", "trace", "info", "config", "option", "options",
    "default", "setting", "env", "home", "root", "dir", "folder", "ext",
    "version", "build", "target", "source", "object", "module", "package",
    "library", "import", "export", "include", "define", "macro", "const",
    "static", "extern", "struct", "union", "enum", "float", "double", "string",
    "bytes", "byte", "bit", "mask", "shift", "word", "token", "lexer", "parser",
    "tree", "leaf", "parent", "child", "next", "prev", "head", "tail", "first",
    "last", "begin", "end", "start", "stop", "open", "close", "read", "write",
    "flush", "seek", "copy", "move", "delete", "remove", "add", "append",
    "insert", "push", "pop", "queue", "stack", "array", "vector", "matrix",
    "dict", "table", "record", "field", "column", "entry", "iter", "range",
    "min", "max", "sum", "avg", "total", "length", "limit", "offset", "delta",
    "time", "date", "clock", "timer", "sleep", "wait", "lock", "mutex",
    "thread", "process", "pid", "signal", "handler", "callback", "hook",
    "event", "listener", "client", "server", "socket", "port", "host", "addr",
    "connect", "send", "recv", "request", "response", "session", "cookie",
    "header", "body", "method", "call", "return", "result", "output", "input",
    "stream", "buffer", "cache", "memory", "alloc", "free", "page", "block",
    "device", "driver", "kernel", "system", "shell", "exec", "spawn", "fork",
    "check", "verify", "assert", "expect", "mock", "format", "encode",
    "decode", "compress", "sign", "key", "cert", "auth", "login", "password",
    "group", "role", "view", "model", "controller", "service", "factory",
    "window", "button", "label", "image", "frame", "panel", "scroll", "draw",
    "paint", "font", "border", "margin", "left", "right", "top", "bottom",
    "instance", "member", "exception", "raise", "throw", "catch", "finally",
    "register", "unsigned", "inline", "virtual", "override", "abstract",
    "final", "private", "protected", "public", "global", "local", "nested"
};
static const char *const code_words[] = {
    "if (", "else {", "for (int i = 0; i < ", "return ", "return null;", "};",
    "} catch (e) {", "const ", "let ", "var ", "void ", "static ", "public ",
    "private ", "function ", "import ", "from ", "#include <", ".h>",
    "def ", "self.", "print(", "struct ", "unsigned ", "char *", "float ",
    "double ", "bool ", "true", "false", "NULL", "nullptr", "undefined",
    "std::", "std::vector<", "typedef ", "enum ", "switch (", "case ",
    "break;", "while (", "try {", "console.log(", "document.", "window.",
    ".length", ".push(", ".map(", "() => {", "new ", "Object.",
    "SELECT * FROM ", " WHERE ", " = ", " == ", " != ", " && ", " || ",
    "(", ")", "[0]", ";",
    "echo $", "sudo apt ", "chmod 755 ", "grep -v ", "\\n", "%s", "%d",
    "0x", "<div class=\"", "\">", "</div>", "<span>", "</span>", "<a href=\"",
    "<td>", "</td></tr>", "<br/>", "<p>", "margin: ", "px;", "padding:0 ",
    "font-size: ", "#fff", "display: none", "@media ", "!important",
    "\\begin{", "\\frac{", "&nbsp;", "&amp;", "\": \"", "\", \"", "{\"", "\"}"
};
static const char *const url_words[] = {
    "www", "com", "org", "net", "html", "php", "index", "page", "img", "cdn",
    "static", "assets", "wp-content", "uploads", "js", "css", "api", "v1",
    "utm_source", "utm_medium", "ref", "fbclid", "sid", "jpg", "png", "pdf"
};
static const char *const units[] = {
    " km", " kg", " mm", " cm", " x ", " MB", " GB", " %", " EUR", " USD",
    " kWh", " ml", " V", " Hz", " KB/s", " ms", "\xe2\x82\xac ", " h ", " nm",
    ", ", " - ", "/", ":", " | ", "\t", " +", " "
};
static const char *const rows[] = {
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "asdf",
    "jkl", "fdsa", "\xd0\xb9\xd1\x86\xd1\x83\xd0\xba\xd0\xb5\xd0\xbd",
    "\xd1\x84\xd1\x8b\xd0\xb2\xd0\xb0\xd0\xbf\xd1\x80"
};

static void put_name(struct line *line, struct draw *draw)
{
    size_t parts = 1 + draw_below(draw, 3);
    uint64_t style = draw_below(draw, 3);

    for (size_t i = 0; i < parts; i++) {
        size_t at = line->len;

        if (draw_chance(draw, 15))
            put_chars(line, draw, small, 1 + draw_below(draw, 5));
        else
            put_text(line, pick(draw, stems, COUNT(stems)));
        if (style == 0 && i > 0)
            line->text[at] = (char)(line->text[at] & ~0x20);
        if (style == 1 && i + 1 < parts)
            put_text(line, "_");
    }
}

static void put_code(struct line *line, struct draw *draw)
{
    if (draw_chance(draw, 50))
        put_text(line, pick(draw, code_words, COUNT(code_words)));
    else
        put_name(line, draw);
    if (draw_chance(draw, 25))
        put_chars(line, draw, " ;(){}=,.", 1);
}

/*
 * Lines of programs, markup, settings and logs.  %n a name, %N one in capitals,
 * %t a type, %e an expression, %d a number, %s a string.
 */
static const char *const statements[] = {
    "%t %n = %e;", "%t %n;", "if (%e) {", "return %e;", "%n(%e, %e);",
    "%n(%e);", "for (%t %n = 0; %n < %e; %n++) {", "} else {", "while (%e)",
    "def %n(self, %n):", "def %n(%n, %n=None):", "import %n", "return %e",
    "from %n import %n, %n", "#include <%n.h>", "#include \"%n/%n.h\"",
    "const %n = require('%n');", "%n.%n(%e);", "let %n = %e;", "var %n = %e;",
    "function %n(%n, %n) {", "public static %t %n(%t %n) {", "%t %n(%t %n);",
    "extern %t %n (%t __%n, %t *__%n) __THROW;", "extern %t %n (%t);",
    "#define %N %d", "#define %N(%n) (%n & %d)", "#define %N_%N", "#ifdef %N",
    "#endif", "#if %N && defined %N", "#undef %N", "typedef %t %n_t;",
    "<div class=\"%n\">", "<a href=\"/%n/%n\">", "</%n>", "<%n>%e</%n>",
    "<%n id=\"%n\" %n=\"%d\">", "%n: %d;", "%n: %e,", "\"%n\": \"%e\",",
    "SELECT %n FROM %n WHERE %n = %e;", "$%n = %e;", "echo \"$%n\"",
    "self.%n = %n", "self.%n(%e)", "self.%n = %e", "assert %e == %e",
    "struct %n *%n;", "struct %n {", "@%n", "raise %n(%s)", "print(%e)",
    "try:", "except %n as %n:", "except (%n, %n):", "%n += %e;", "%n = %e",
    "fn %n(&self, %n: &%t) -> %t {", "package %n;", "[%n]", "%n=%e",
    "export %N=%e", "case %N:", "break;", "continue", "pass", "else:",
    "if %e:", "if not %e:", "elif %e is None:", "for %n in %e:",
    "for %n, %n in %n.items():", "while True:", "class %n(%n):",
    "with open(%n, 'rb') as %n:", "lambda %n: %e", "yield %n", "del %n[%e]",
    "static const %t %n[] = { %e, %e };", "goto %n;", "sizeof (%t)",
    "%n->%n = %e;", "free(%n);", "const %t *%n,", "%N = %d,", "%N,",
    "[%d:%d:%d] %n: %n %n=%d", "%n@%n:~$ %n -%n --%n", "$ %n --%n=%e | %n",
    "sudo %n %n", ".%n { %n: %dpx; }", "#%n > .%n {", "\\%n{%n}[%n]",
    "%n.%n.%n", "at %n.%n(%n.java:%d)", "File \"%n.py\", line %d, in %n",
    "%n [options] <%n>", "<!-- %n -->", "{{ %n.%n }}", "{%% if %n %%}",
    "- %n: %e", "%n: &%n", "new %n(%e)", "() => %n(%e)", "%n?.%n ?? %e"
};
static const char *const types[] = {
    "int", "char", "void", "size_t", "uint32_t", "long", "double", "bool",
    "const char *", "unsigned int", "String", "std::string", "i32", "u8", "Vec",
    "float", "static int", "struct"
};
static const char *const operators[] = {
    " + ", " - ", " * ", " == ", " != ", " && ", " || ", " < ", " | ", ".",
    "->", ", ", " and ", " or ", " not in ", "::", "[0] % "
};

static void put_expression(struct line *line, struct draw *draw);

static void put_statement(struct line *line, struct draw *draw)
{
    const char *at = pick(draw, statements, COUNT(statements));

    for (; *at != 0; at++) {
        size_t from = line->len;

        if (*at != '%') {
            line->text[line->len++] = *at;
            continue;
        }
        switch (*++at) {
        case 'n':
        case 'N':
            put_name(line, draw);
            for (size_t i = from; *at == 'N' && i < line->len; i++)
                if (line->text[i] >= 'a' && line->text[i] <= 'z')
                    line->text[i] = (char)(line->text[i] - 32);
            break;
        case 't':
            put_text(line, pick(draw, types, COUNT(types)));
            break;
        case 'd':
            put_chars(line, draw, digits, 1 + draw_below(draw, 3));
            break;
        case 'e':
            put_expression(line, draw);
            break;
        case 's':
            put_text(line, "\"");
            put_name(line, draw);
            put_text(line, "\"");
            break;
        default:
            line->text[line->len++] = *at;
        }
    }
    put_text(line, draw_chance(draw, 80) ? "\n" : " ");
}

static void put_expression(struct line *line, struct draw *draw)
{
    if (draw_chance(draw, 20)) {
        put_chars(line, draw, digits, 1 + draw_below(draw, 3));
        return;
    }
    put_name(line, draw);
    if (draw_chance(draw, 40)) {
        put_text(line, pick(draw, operators, COUNT(operators)));
        put_name(line, draw);
    }
    if (draw_chance(draw, 30))
        put_text(line, draw_chance(draw, 50) ? "()" : "[i]");
}

static void put_url(struct line *line, struct draw *draw)
{
    static const char *const joints[] = { ".", "/", "-", "?", "=", "&", "_" };
    size_t parts = 3 + draw_below(draw, 4);

    if (draw_chance(draw, 60))
        put_text(line, draw_chance(draw, 70) ? "https://" : "http://www.");
    for (size_t i = 0; i < parts; i++) {
        if (draw_chance(draw, 60)) {
            put_text(line, pick(draw, url_words, COUNT(url_words)));
        } else {
            /* One draw after the other: arguments have no order in C. */
            size_t count = 2 + draw_below(draw, 8);

            put_chars(line, draw, draw_chance(draw, 50) ? small : hex, count);
        }
        put_text(line, pick(draw, joints, COUNT(joints)));
    }
    put_text(line, " ");
}

static void put_base64(struct line *line, struct draw *draw)
{
    put_chars(line, draw, base64, 20 + draw_below(draw, 60));
    if (draw_chance(draw, 20))
        put_text(line, "==");
}

static void put_number(struct line *line, struct draw *draw)
{
    put_chars(line, draw, digits, 1 + draw_below(draw, 6));
    put_text(line, pick(draw, units, COUNT(units)));
    if (draw_chance(draw, 20)) {
        put_chars(line, draw, "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                  1 + draw_below(draw, 4));
        put_text(line, "-");
    }
}

static void put_hex(struct line *line, struct draw *draw)
{
    put_chars(line, draw, hex, 4 + draw_below(draw, 30));
    put_text(line, draw_chance(draw, 50) ? "-" : " ");
}

/* Letters drawn evenly: no language, though it looks like words. */
static void put_random(struct line *line, struct draw *draw)
{
    put_chars(line, draw, small, 2 + draw_below(draw, 11));
    put_text(line, " ");
}

static void put_random_cyrillic(struct line *line, struct draw *draw)
{
    size_t count = 2 + draw_below(draw, 11);

    while (count-- > 0)
        line->len += utf8_put(line->text + line->len,
                              0x430 + (uint32_t)draw_below(draw, 32));
    put_text(line, " ");
}

static void put_keyboard(struct line *line, struct draw *draw)
{
    const char *row = pick(draw, rows, COUNT(rows));
    size_t times = 1 + draw_below(draw, 3);

    if (draw_chance(draw, 30)) {
        size_t count = 3 + draw_below(draw, 20);

        memset(line->text + line->len, small[draw_below(draw, 26)], count);
        line->len += count;
    } else if ((signed char)row[0] < 0) {
        put_text(line, row);
    } else {
        while (times-- > 0)
            put_chars(line, draw, row, 2 + draw_below(draw, 5));
    }
    if (draw_chance(draw, 50))
        put_text(line, " ");
}

/* Letters beyond ASCII in UTF-8, read as if they were Latin-1. */
static void put_mojibake(struct line *line, struct draw *draw)
{
    static const uint32_t from[][2] = {
        { 0xc0, 0x17f }, { 0x410, 0x44f }, { 0x391, 0x3c9 }, { 0x5d0, 0x5ea },
        { 0x621, 0x64a }, { 0x10d0, 0x10f0 }, { 0x561, 0x586 },
        { 0x905, 0x939 }, { 0x4e00, 0x9fff }
    };
    const uint32_t *range =
        from[draw_chance(draw, 50) ? 0 : draw_below(draw, COUNT(from))];
    size_t count = 2 + draw_below(draw, 7);

    while (count-- > 0) {
        char utf8[4];
        size_t len;

        if (range[0] == 0xc0 && draw_chance(draw, 50)) {
            put_chars(line, draw, small, 1);
            continue;
        }
        len = utf8_put(utf8, range[0] + (uint32_t)draw_below(
                                            draw, range[1] - range[0] + 1));
        for (size_t i = 0; i < len; i++)
            line->len += utf8_put(line->text + line->len,
                                  (unsigned char)utf8[i]);
    }
    put_text(line, " ");
}

size_t junk_write(struct draw *draw, char text[JUNK_MAX])
{
    static void (*const kinds[])(struct line *, struct draw *) = {
        put_statement, put_statement, put_statement, put_statement,
        put_statement, put_code, put_code, put_url, put_base64, put_number,
        put_hex, put_random, put_random, put_random_cyrillic, put_keyboard,
        put_mojibake, put_mojibake
    };
    void (*kind)(struct line *, struct draw *) =
        kinds[draw_below(draw, COUNT(kinds))];
    size_t want = draw_chance(draw, 50)
                      ? 8 : 8 + draw_below(draw, JUNK_MAX - 2 * PIECE_MAX);
    struct line line = { text, 0 };

    do
        kind(&line, draw);
    while (line.len < want);
    return line.len;
}
