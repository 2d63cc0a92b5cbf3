/* SPDX-License-Identifier: Apache-2.0 */
/*
 * letters - questions to the table that are asked rarely.
 */
#include "langid/letters.h"

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

bool letters_is_vowel(unsigned script, uint8_t letter)
{
    static const uint16_t vowels[] = {
        'a', 'e', 'i', 'o', 'u', 'y', 0x430, 0x435, 0x438, 0x43e, 0x443, 0x44b,
        0x44d, 0x44e, 0x44f
    };

    for (size_t i = 0; i < sizeof vowels / sizeof vowels[0]; i++)
        if (letters_entry(vowels[i]) == (script << 8 | letter))
            return true;
    return false;
}

uint8_t letters_twin(uint16_t letter, unsigned script)
{
    /* Some look alike as capitals only; which one it was is no longer known. */
    static const uint16_t twins[][2] = {
        { 'a', 0x430 }, { 'b', 0x432 }, { 'c', 0x441 }, { 'e', 0x435 },
        { 'h', 0x43d }, { 'i', 0x456 }, { 'j', 0x458 }, { 'k', 0x43a },
        { 'm', 0x43c }, { 'o', 0x43e }, { 'p', 0x440 }, { 's', 0x455 },
        { 't', 0x442 }, { 'x', 0x445 }, { 'y', 0x443 }
    };

    for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++)
        for (size_t k = 0; k < 2; k++) {
            uint16_t twin = letters_entry(twins[i][1 - k]);

            if (letters_entry(twins[i][k]) == letter && twin >> 8 == script)
                return (uint8_t)twin;
        }
    return 0;
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
