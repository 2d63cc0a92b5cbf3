/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_suite - N. Seriot's JSONTestSuite, where the test data is: its files y_
 * must be accepted, n_ refused, i_ may be either; json_scan() takes the objects
 * among them and nothing else.
 */
#include <dirent.h>

#include "src/compress.h"
#include "src/json.h"
#include "tests/check.h"

static bool count_member(void *context, const struct json_member *m,
                         struct fault *fault)
{
    (void)m;
    (void)fault;
    ++*(size_t *)context;
    return true;
}

static void suite_file(const char *folder, const char *name, size_t counts[3])
{
    char *path = xprintf("%s/%s", folder, name), *bytes;
    size_t len, members = 0;
    struct fault fault, again;
    struct slice text;
    bool accepted, is_object;

    check_that(file_read(path, 1 << 30, &bytes, &len, &fault), "%s: %s", path,
               fault.what);
    text = slice_make(bytes, len);
    accepted = json_check(text, &fault);
    is_object = bytes[strspn(bytes, " \t\r\n")] == '{';
    check_that(accepted ? *name != 'n' : *name != 'y', "%s: %s", name,
               fault.what ? fault.what : "accepted");
    check_that(json_scan(text, count_member, &members, &again) ==
                   (accepted && is_object),
               "%s", name);
    check(accepted == !fault.what && fault.at <= len);
    check(json_check(text, &again) == accepted && again.at == fault.at);
    counts[*name == 'y' ? 0 : *name == 'n' ? 1 : 2]++;
    free(bytes);
    free(path);
}

static void suite(const char *data)
{
    char *folder = xprintf("%s/json/JSONTestSuite/test_parsing", data);
    size_t counts[3] = { 0 };
    struct dirent *entry;
    DIR *dir;

    dir = opendir(folder);
    if (!dir) {
        printf("skipped: no JSONTestSuite in MLIN_DATA\n");
        exit(77);
    }
    while ((entry = readdir(dir)))
        if (strchr("yni", entry->d_name[0]) && entry->d_name[1] == '_')
            suite_file(folder, entry->d_name, counts);
    closedir(dir);
    free(folder);
    check(counts[0] > 90 && counts[1] > 180 && counts[2] > 30);
    printf("JSONTestSuite: %zu accepted, %zu refused, %zu of either kind\n",
           counts[0], counts[1], counts[2]);
}

int main(void)
{
    suite(check_data());
    return check_done();
}
