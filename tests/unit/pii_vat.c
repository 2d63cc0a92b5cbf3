/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_vat - numbers of every state, and every change of one digit of them; as
 * people write them; beside letters, and cut off anywhere.
 *
 * The numbers were made by another program from the states' rules, which also
 * counted the changes that pass; none was looked up, so a firm may have one.
 */
#include "filters/pii.h"

#include <string.h>

#include "tests/check.h"
#include "tests/pii_texts.h"

static const struct {
    const char *number;
    unsigned slips; /* changes of one digit that give a valid number */
} numbers[] = {
    { "ATU87613930", 0 },
    { "ATU90836221", 0 },
    { "ATU33880208", 0 },
    { "BE0341993789", 0 },
    { "BE0551874867", 0 },
    { "BE0560154907", 0 },
    { "BE1280189568", 0 },
    { "BE1405293735", 0 },
    { "BE1765000320", 0 },
    { "BE448326575", 0 },
    { "BE465028391", 0 },
    { "BE452145407", 0 },
    { "BG420157963", 0 },
    { "BG615240929", 1 },
    { "BG596486720", 1 },
    { "CY18228399P", 0 },
    { "CY10437402K", 0 },
    { "CY19214086X", 0 },
    { "CZ23216441", 4 },
    { "CZ20311087", 0 },
    { "CZ23952067", 0 },
    { "CZ653086816", 0 },
    { "CZ610349129", 0 },
    { "CZ677731485", 7 },
    { "CZ5609213467", 0 },
    { "CZ9304175276", 0 },
    { "CZ6005188673", 0 },
    { "DE901791875", 0 },
    { "DE465342500", 0 },
    { "DE747890204", 0 },
    { "DK22451316", 0 },
    { "DK27613500", 0 },
    { "DK42180823", 0 },
    { "EE710137564", 0 },
    { "EE690401815", 0 },
    { "EE640741936", 0 },
    { "EL398524367", 0 },
    { "EL926404419", 0 },
    { "EL565441005", 0 },
    { "ESB79774451", 0 },
    { "ESB63299994", 0 },
    { "ESB40070153", 0 },
    { "ESQ8650022J", 0 },
    { "ESQ5036086F", 0 },
    { "ESQ8381165C", 0 },
    { "ES59022218D", 0 },
    { "ES10132242Y", 0 },
    { "ES13768686N", 0 },
    { "ESY4675493K", 0 },
    { "ESY2320363E", 0 },
    { "ESY4101521Z", 0 },
    { "FI21248187", 0 },
    { "FI32386657", 0 },
    { "FI71660110", 0 },
    { "FR24451689137", 0 },
    { "FR55560018327", 0 },
    { "FR76079190013", 0 },
    { "FRK7331441865", 0 },
    { "FRK7211660808", 0 },
    { "FRK1783333982", 0 },
    { "FR3K534460076", 5 },
    { "FR2K017397761", 5 },
    { "FR0K256313560", 0 },
    { "FRAB708435615", 0 },
    { "FRAB850564261", 0 },
    { "FRAB759618549", 0 },
    { "HR17538540558", 0 },
    { "HR57304908633", 0 },
    { "HR76477630887", 0 },
    { "HU68354794", 0 },
    { "HU99744799", 0 },
    { "HU74984383", 0 },
    { "IE7491529C", 0 },
    { "IE9231413S", 0 },
    { "IE4000124D", 0 },
    { "IE7520515GA", 0 },
    { "IE4317277HA", 0 },
    { "IE6925111EA", 0 },
    { "IE5Q45743M", 0 },
    { "IE0Q61156V", 0 },
    { "IE3Q76354W", 0 },
    { "IT58800310474", 0 },
    { "IT61786730442", 0 },
    { "IT65195440469", 0 },
    { "LT244222517", 1 },
    { "LT033609514", 1 },
    { "LT544596215", 1 },
    { "LT752604534518", 0 },
    { "LT705433554119", 1 },
    { "LT244154403313", 1 },
    { "LU07110886", 0 },
    { "LU63761620", 0 },
    { "LU87011046", 0 },
    { "LV45759642653", 0 },
    { "LV49801070949", 0 },
    { "LV49724170391", 0 },
    { "LV32313231675", 1 },
    { "LV32915317791", 0 },
    { "LV32647230525", 0 },
    { "LV15053211710", 10 },
    { "LV19110214369", 1 },
    { "LV25069217832", 1 },
    { "MT72372437", 0 },
    { "MT33126588", 0 },
    { "MT77358019", 0 },
    { "NL653016177B01", 17 },
    { "NL586372089B01", 8 },
    { "NL428595960B01", 18 },
    { "PL5565555427", 0 },
    { "PL9907412579", 0 },
    { "PL4068152169", 0 },
    { "PT629698023", 0 },
    { "PT987672754", 0 },
    { "PT672207460", 8 },
    { "RO1699022535", 0 },
    { "RO6475677403", 0 },
    { "RO9446440322", 0 },
    { "RO730102", 0 },
    { "RO433152", 0 },
    { "RO192682", 0 },
    { "SE177629080901", 17 },
    { "SE280248171901", 17 },
    { "SE117376327501", 17 },
    { "SI94058814", 0 },
    { "SI99216892", 0 },
    { "SI96850701", 0 },
    { "SK7821048235", 0 },
    { "SK9032668480", 0 },
    { "SK3348783383", 0 },
    { "XI860385852", 1 },
    { "XI911420529", 2 },
    { "XI970398193", 2 },
};

/* In [ and ]: what is one. */
static const char *const texts[] = {
    "TVA [BE 0123.456.749], [BE0123456749], [BE 0123 456 749] (BE 0123456748)",
    "UID: [ATU13585627]; [AT U13585627] ATX13585627 AT13585627 ATU1358562",
    "BTW [NL123456782B01], [NL 1234.56.782.B01], NL123456782B00 NL123456782A01",
    "NIF [ESX1234567L], [ES-X1234567-L], ESX1234567M ESI1234567L",
    "TVA [FR 83 404 833 048], [FR83404833048], FR82404833048 FR83404833047",
    "USt-IdNr. [DE 136 695 976], [DE136695976]; DE136695977 DE1366959760",
    "\u0391\u03a6\u039c [EL 094259216], [EL094259216] EL094259217 EL09425921",
    "VAT [IE6433435F], [IE8D79739I], IE8D79739J",
    "NIP [PL 856-734-62-15], [PL8567346215], PL8567346216",
    "xDE136695976 DE136695976x de136695976 D E136695976",
    "without a word DE 136 695 976",
};

static size_t find(const char *text)
{
    return pii_vat(slice_from(text), 0);
}

static void numbers_are_judged(void)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const char *number = numbers[i].number;
        size_t len = strlen(number);
        unsigned slips = 0;
        char changed[24];

        check_that(find(number) == len, "%s", number);
        for (size_t k = 2; k < len; k++)
            for (char c = '0'; c <= '9' && pii_is_digit(number[k]); c++) {
                memcpy(changed, number, len + 1);
                changed[k] = c;
                slips += c != number[k] && find(changed) == len;
            }
        check_that(slips == numbers[i].slips, "%s: %u changes pass", number,
                   slips);
        snprintf(changed, sizeof changed, "%s7", number);
        check_that(find(changed) != len, "%s", changed);
        snprintf(changed, sizeof changed, "%sx", number);
        check_that(find(changed) != len, "%s", changed);
        snprintf(changed, sizeof changed, "%s.", number);
        check_that(find(changed) == len, "%s", changed);
    }
}

int main(void)
{
    pii_open();
    numbers_are_judged();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pii_text_check(PII_VAT, texts[i]);
        pii_text_cut(pii_vat, texts[i]);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        pii_text_cut(pii_vat, numbers[i].number);
    return check_done();
}
