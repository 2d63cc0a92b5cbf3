/* SPDX-License-Identifier: Apache-2.0 */
/*
 * letters - questions to the table that are asked rarely.
 */
#include "langid/letters.h"

#include <stdbool.h>

uint16_t letters_compose(uint16_t letter, unsigned mark)
{
    uint32_t parts = (uint32_t)letter << 8 | mark;
    size_t low = 0, high = letters_pair_count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (letters_pairs[middle].parts < parts)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < letters_pair_count && letters_pairs[low].parts == parts)
        return letters_pairs[low].letter;
    return letter;
}

uint8_t letters_plain(unsigned script, uint8_t letter)
{
    bool again = true;

    while (again) {
        uint16_t whole = (uint16_t)(script << 8 | letter);

        again = false;
        for (size_t i = 0; i < letters_pair_count && !again; i++)
            if (letters_pairs[i].letter == whole) {
                letter = letters_pairs[i].parts >> 8 & 0xff;
                again = true;
            }
    }
    return letter;
}

unsigned letters_script(struct slice name)
{
    static const char *const same[][2] = {
        { "Hans", "Hani" }, { "Hant", "Hani" }, { "Jpan", "Hira" },
        { "Kore", "Hang" }
    };

    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        if (slice_is(name, same[i][0]))
            name = slice_from(same[i][1]);
    for (unsigned i = 1; i < letters_script_count; i++)
        if (slice_is(name, letters_scripts[i]))
            return i;
    return 0;
}
