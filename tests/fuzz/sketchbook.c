/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sketchbook - any bytes as a file of mlin minhash: a fault, or all records
 * that it says it has, each id inside of it; and it is looked up, mapped, by
 * keys that it has or has not.
 *
 * The first byte says whether sums and counts are made right first, without
 * which hardly any change would get past them; the rest is the file.
 */
#include "filters/bookcase.h"
#include "filters/sketchbook.h"
#include "tests/fuzz/file.h"

static uint64_t sum_of(const char *file, size_t end, uint64_t at, uint64_t len)
{
    return at <= end && len <= end - at
               ? hash128(slice_make(file + at, (size_t)len)).low
               : 0;
}

static void mend(char *file, size_t size)
{
    uint64_t end[8], docs = 0, keys = 0;
    size_t runs, at;

    if (size < sizeof end)
        return;
    memcpy(end, file + size - sizeof end, sizeof end);
    at = (size_t)end[4];
    if (end[4] > size - sizeof end ||
        end[1] > (size - sizeof end - at) / sizeof(struct sketchbook_run))
        return;
    runs = (size_t)end[1];
    for (size_t i = 0; i < runs; i++) {
        struct sketchbook_run run;
        char *place = file + at + i * sizeof run;

        memcpy(&run, place, sizeof run);
        for (size_t r = 0, from = 0; r < SKETCHBOOK_RANGES; r++) {
            run.range_sums[r] = sum_of(file, at, run.keys_at + from * 16,
                                       (run.range_ends[r] - from) * 16);
            from = (size_t)run.range_ends[r];
        }
        run.docs_sum = sum_of(file, at, run.docs_at, run.doc_count * 8 *
                                                     SKETCHBOOK_DOC_WORDS);
        memcpy(place, &run, sizeof run);
        docs += run.doc_count;
        keys += run.key_count;
    }
    end[2] = docs;
    end[3] = keys;
    memcpy(file + size - sizeof end, end, sizeof end);
    end[7] = hash128(slice_make(file + at, size - 8 - at)).low;
    memcpy(file + size - 8, &end[7], 8);
}

static void read_all(struct sketchbooks *books, bool keys)
{
    struct sketchbook_stream *stream =
        keys ? sketchbook_keys(books, 0, SKETCHBOOK_RANGES, 8192)
             : sketchbook_docs(books, 8192);
    struct sketchbook_names *names = sketchbook_names(books);
    const uint64_t *record;
    struct fault fault = { 0 };
    struct slice name;
    uint64_t count = 0, sum = 0;

    while ((record = sketchbook_try_next(stream, &fault))) {
        count++;
        if (keys)
            continue;
        if (!sketchbook_names_find(names, sketchbook_name(stream), &name,
                                   &fault))
            break;
        for (size_t i = 0; i < name.len; i++)
            sum += (unsigned char)name.ptr[i];
    }
    must(fault.what || count == (keys ? books->keys : books->docs),
         "records are missing");
    must(sum <= 255 * 512 * count, "ids are too long");
    sketchbook_names_free(names);
    sketchbook_stream_free(stream);
}

/* Keys of the file, in bands' places, or any. */
static void look_up(const struct sketchbook *book,
                    const struct sketch_params *params)
{
    struct bookcase *bookcase = bookcase_new(params);
    uint64_t *keys = xcalloc(params->bands, sizeof *keys);
    uint32_t *entries = xcalloc(params->bands + 1, sizeof *entries);

    bookcase_add(bookcase, book);
    for (uint64_t n = 0; n < 16; n++) {
        struct sketch sketch = { .keys = keys, .shingle_count = n % 4 };
        struct bookcase_hit hit;
        struct fault fault = { 0 };
        uint64_t sum = 0;

        for (size_t i = 0; i < params->bands; i++) {
            uint64_t at = n * 7 + i;

            keys[i] = at * 0x9e3779b97f4a7c15;
            if (n % 2 && book->run_count > 0 && at < book->runs[0].key_count)
                must(sketchbook_read_at(book, &keys[i], sizeof keys[i],
                                        book->runs[0].keys_at + at * 16,
                                        &fault), "a key cannot be read");
        }
        if (bookcase_find(bookcase, &sketch,
                          (struct hash128){ n, keys[0] }, 0, &hit, entries,
                          &fault))
            for (size_t i = 0; i < hit.name.len; i++)
                sum += (unsigned char)hit.name.ptr[i];
        must(sum <= 255 * 512, "an id is too long");
        must(!fault.what || hit.book == 0, "of which book?");
    }
    bookcase_free(bookcase);
    free(keys);
    free(entries);
}

static void open_and_read(const char *path, size_t size)
{
    struct sketchbook book = { .path = xstrdup(path), .fd = -1 };
    struct sketchbooks books = { &book, 1, 0, 0 };
    struct sketch_options options;
    struct fault fault = { 0 };

    if (sketchbook_open(&book, &fault)) {
        books.docs = book.docs;
        books.keys = book.keys;
        if (sketch_params_parse(book.params, &options)) {
            struct sketch_params params = sketchbook_params(&book);

            look_up(&book, &params);
            sketch_params_clear(&params);
        }
        read_all(&books, true);
        read_all(&books, false);
    } else {
        must(fault.what && fault.at <= size, "refused without a reason");
    }
    sketchbook_close(&book);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_file file;

    if (size == 0)
        return 0;
    file = fuzz_file_make(data, size);
    if (data[0] & 1)
        mend(file.bytes, file.size);
    open_and_read(fuzz_file_path(&file), file.size);
    fuzz_file_close(&file);
    return 0;
}
