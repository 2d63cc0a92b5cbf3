/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record.h - a line and its parsed view; batches of them.
 *
 * The line is the truth; the view is a cache of it.  What a stage adds is
 * spliced in before the closing brace, so that every byte that was read, but
 * that brace, stays a prefix of what is written.  A number is printed once, and
 * what was printed is what the next stage reads.
 *
 * A batch, with all its records and notes, belongs to one thread at a time.
 */
#ifndef MLIN_RECORD_H
#define MLIN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/arena.h"
#include "src/fail.h"
#include "src/json.h"
#include "src/slice.h"

/* The members that mlin reads or writes: docs/formats.md. */
enum record_key {
    KEY_TEXT, KEY_ID, KEY_URL, KEY_DATE, KEY_SOURCE, KEY_CHARSET, KEY_OPTOUT,
    KEY_LANG, KEY_LANG_SCORE, KEY_LANG_ALT, KEY_LANG_SPANS, KEY_QUALITY,
    KEY_PII, KEY_DUP_OF, KEY_CLUSTER, KEY_CLUSTER_SIZE, KEY_COUNT
};

/* What the members are called in this stream; see --text-field and its kin. */
struct schema {
    struct slice names[KEY_COUNT]; /* dotted paths reach into objects */
};

/* The names of docs/formats.md, and one of them. */
struct schema schema_standard(void);
struct slice record_key_name(enum record_key key);

bool schema_equal(const struct schema *a, const struct schema *b);

struct record_words;

enum record_state { RECORD_KEPT, RECORD_DROPPED, RECORD_REJECTED };

struct record {
    struct slice line;             /* without its newline */
    struct slice value[KEY_COUNT]; /* parts of `line`; ptr NULL = not there */
    size_t member_at[KEY_COUNT];   /* where in `line` the member begins */
    struct slice text;             /* unescaped, valid UTF-8 */
    struct slice lang;             /* unescaped; len 0 = no label */
    size_t close_at;               /* where in `line` the last '}' stands */
    size_t line_cap;               /* bytes it owns at line.ptr; 0: none */
    struct record_words *words;    /* src/words.h, made on demand */
    void *note;                    /* from a stage's map to its own fold */
    const struct raw_part *part;   /* where it was read: src/input.h */
    uint64_t part_line;            /* its line in that part: 0, 1, ... */
    uint64_t position;             /* in the batch as it was read: 0, 1, ... */
    enum record_state state;
    uint32_t copies;               /* of this record, beside itself: below */
    const char *reason;            /* why it was dropped or rejected */
    struct fault fault;            /* of a rejected record; at = byte in line */
    uint64_t text_bytes_in;        /* text.len when this stage got it */
};

/* A run of bytes of one input file, cut where the source asked: src/input.h. */
struct raw_part {
    const char *path;     /* as typed, or "stdin" */
    size_t file;          /* number of the file in the run: 0, 1, ... */
    uint64_t at;          /* offset of the bytes in the unpacked file */
    struct slice bytes;
    int cut;              /* enum input_cut */
    uint64_t line_count;  /* lines in it, blank ones too; split() sets it */
    struct fault fault;   /* what ended the file here, or what was too long */
};

struct batch {
    uint64_t number;         /* 0, 1, 2, ... in input order */
    struct arena arena;
    struct record *records;  /* [count] kept records, in input order */
    size_t count, cap;
    struct schema schema;    /* the view is of these names */
    bool parsed;             /* the views are there */
    bool replace;            /* --replace of the stage at work */
    const char *stage;       /* name of the stage at work */
    void *worker;            /* of this worker and the stage at work */
    struct raw_part *parts;  /* [part_count] what a source makes records of */
    size_t part_count;
};

/*
 * Append a line to the batch; the bytes are not copied and must live as long as
 * the batch (its arena, or the input's block).
 */
struct record *batch_add(struct batch *batch, struct slice line);

/*
 * Make the view of one line.  False with a fault: not a JSON object, not UTF-8,
 * an owned key twice, text missing, not a string or with a lone surrogate.
 * A record without text is a fault only when `needs_text`.
 */
bool record_parse(struct batch *batch, struct record *record, bool needs_text,
                  struct fault *fault);

/* Is the text there, and a string?  Of a record that was parsed. */
bool record_has_text(const struct record *record);

/*
 * Add a member.  A member of that name that already stands is cut out first
 * under --replace, else the record is rejected: it says which field and how to
 * go on.  `key` may name any member: owned keys by their schema name.
 */
void record_add_text(struct batch *batch, struct record *record,
                     struct slice key, struct slice text);
void record_add_count(struct batch *batch, struct record *record,
                      struct slice key, uint64_t count);
/* `decimals` digits after the point, at most 9; never an exponent. */
void record_add_number(struct batch *batch, struct record *record,
                       struct slice key, double number, int decimals);
/* `json` is one JSON value, made by the caller. */
void record_add_json(struct batch *batch, struct record *record,
                     struct slice key, struct slice json);

/* Put another text in the place of the old; the only thing that re-escapes. */
void record_set_text(struct batch *batch, struct record *record,
                     struct slice text);

/*
 * Give a member that came under another name, or inside an object, its standard
 * name: it moves to the end of the line.  The value keeps its bytes.
 */
void record_rename(struct batch *batch, struct record *record,
                   enum record_key key);

/* Any member, by its name or, parted by dots, by those of objects and it. */
bool record_find(const struct record *record, struct slice name,
                 struct json_member *member);

/* An owned string member, unescaped; false when absent or not a string. */
bool record_get(struct batch *batch, const struct record *record,
                enum record_key key, struct slice *text);

/*
 * Take the record out of the stream.  `reason`: two words at most, static
 * storage, listed in the stage's man page.  The pipeline removes it, counts it
 * and writes it to --rejects; under --annotate it stays, marked.
 */
void record_drop(struct record *record, const char *reason);

/*
 * Put so many copies of the record into the stream, right behind it; from a
 * map.  The books have them as copied.
 */
void record_copy(struct record *record, uint32_t copies);

/* The record itself is broken: fatal, unless --rejects takes it. */
void record_reject(struct record *record, const char *what, size_t at);

#endif
