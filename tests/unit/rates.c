/* SPDX-License-Identifier: Apache-2.0 */
/* rates - tables of values and ranges; shares of a budget. */
#include "filters/rates.h"

#include <math.h>
#include <unistd.h>

#include "tests/check.h"

static char path[] = "/tmp/mlin-rates-XXXXXX";

static const char *file_of(const char *text)
{
    FILE *file = fopen(path, "w");

    check(file && fputs(text, file) >= 0 && fclose(file) == 0);
    return path;
}

static double of(const struct rates *rates, const char *value)
{
    return rates_of_text(rates, slice_from(value));
}

static bool is_near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

static void values_and_ranges(void)
{
    struct rates r;

    rates_read(&r, file_of("# by language\nces_Latn\t0.25\r\n5-9\t3\n\n"
                           "10\t4\n20-\t1\n*\t0.5\nmlt_Latn\t2"), false);
    check(is_near(of(&r, "ces_Latn"), 0.25));
    check(is_near(of(&r, "mlt_Latn"), 2));
    check(is_near(of(&r, "slk_Latn"), 0.5));
    check(is_near(rates_of_number(&r, 4), 0.5));
    check(is_near(rates_of_number(&r, 5), 3));
    check(is_near(rates_of_number(&r, 9), 3));
    check(is_near(rates_of_number(&r, 10), 4));
    check(is_near(rates_of_number(&r, 11), 0.5));
    check(is_near(rates_of_number(&r, 1000000007), 1));
    rates_clear(&r);
    rates_read(&r, file_of("a\t1\n"), false);
    check(of(&r, "b") < 0 && rates_of_number(&r, 1) < 0);
    rates_clear(&r);
}

static void fineweb2(void)
{
    static const struct { uint64_t size; double rate; } known[] = {
        { 1, 1 }, { 2, 2 }, { 3, 3 }, { 4, 3 }, { 5, 5 }, { 99, 5 },
        { 100, 8 }, { 999, 8 }, { 1000, 1 }, { 50000, 1 }
    };
    struct rates r;

    rates_read(&r, "fineweb2", false);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        check(is_near(rates_of_number(&r, known[i].size), known[i].rate));
    rates_clear(&r);
    rates_read(&r, "fineweb2", true);
    for (size_t i = 0; i < 10; i++)
        if (known[i].size != 4 && known[i].size != 99 && known[i].size != 999)
            check(is_near(rates_of_number(&r, known[i].size), known[i].rate));
    check(rates_of_number(&r, 4) > 3 && rates_of_number(&r, 4) < 5);
    /* 23 is half-way between 5 and 100, by the logarithm of one more. */
    check(fabs(rates_of_number(&r, 23) - 6.5) < 0.05);
    check(rates_of_number(&r, 999) < 1.01);
    rates_clear(&r);
}

static void shares_of_a_budget(void)
{
    const char *sizes = "a\t900\nb\t90\nc\t10\nnone\t0\n";
    struct rates r;

    rates_share(&r, file_of(sizes), &(struct rates_budget){ 100, 1, 1 });
    check(is_near(of(&r, "a"), 0.1) && is_near(of(&r, "b"), 0.1) &&
          is_near(of(&r, "c"), 0.1) && is_near(of(&r, "none"), 0));
    rates_clear(&r);
    /* Equal shares of 40; c has only 10, so that a and b get 55 each. */
    rates_share(&r, file_of(sizes), &(struct rates_budget){ 120, 0, 1 });
    check(is_near(of(&r, "c"), 1));
    check(is_near(of(&r, "a") * 900, 55) && is_near(of(&r, "b") * 90, 55));
    rates_clear(&r);
    rates_share(&r, file_of(sizes), &(struct rates_budget){ 120, 0, 3 });
    check(is_near(of(&r, "c"), 3) && is_near(of(&r, "a") * 900, 45));
    rates_clear(&r);
    rates_share(&r, file_of(sizes), &(struct rates_budget){ 98, 0.5, 100 });
    check(is_near(of(&r, "a") * 900 / (of(&r, "c") * 10), sqrt(90)));
    check(is_near(of(&r, "a") * 900 + of(&r, "b") * 90 + of(&r, "c") * 10,
                  98));
    rates_clear(&r);
    /* More than there is: all of it. */
    rates_share(&r, file_of(sizes), &(struct rates_budget){ 5000, 1, 1 });
    check(is_near(of(&r, "a"), 1) && is_near(of(&r, "c"), 1));
    rates_clear(&r);
}

int main(void)
{
    int fd = mkstemp(path);

    check(fd >= 0 && close(fd) == 0);
    values_and_ranges();
    fineweb2();
    shares_of_a_budget();
    unlink(path);
    return check_done();
}
