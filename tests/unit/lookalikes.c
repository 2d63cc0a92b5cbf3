/* SPDX-License-Identifier: Apache-2.0 */
/* lookalikes - words that count, and words that must not. */
#include "filters/lookalikes.h"

#include "tests/check.h"

static void count_is(const char *text, uint64_t expected)
{
    uint64_t count = lookalikes_count(slice_from(text));

    check_that(count == expected, "%s: %llu", text, (unsigned long long)count);
}

int main(void)
{
    count_is("", 0);
    count_is("plain words, слова простые, λέξεις απλές", 0);
    /* one letter of the other script, first, within and last */
    count_is("\u0430pple p\u0430ypal appl\u0435", 3);
    count_is("Pусский слoво молокоa", 3);
    count_is("Ελλάδa \u041eдна \u041fpимер", 2);
    count_is("h\u03bfme \u03a4he \u0391BC", 3);
    /* marks belong to the word */
    count_is("сло\u0301во слo\u0301во", 1);
    count_is("\u0430pple\u0301", 1);
    /* words parted by anything but letters and marks */
    count_is("кафе-bar, тест2test, wi-fi'я", 0);
    /* letters that look like none of the other script */
    count_is("йod дjango фfile", 0);
    count_is("Web-сайт IT-отдел PDFов", 0);
    count_is("PDFа", 1); /* an ending of Russian, which is not known here */
    /* symbols */
    count_is("\u0394T \u03bcA k\u03a9 I\u043a \u00b5Pa", 0);
    /* no more than half */
    count_is("\u0394max", 0);
    count_is("\u0441\u043e\u0440c", 1);
    count_is("\u4e2d\u0430a", 1);
    return check_done();
}
