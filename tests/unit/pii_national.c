/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pii_national - codes that are valid, every change of one digit of them, days
 * that cannot be; then the numbers as people write them, and how often chance
 * makes one.
 *
 * The codes were made by another program from the rules, which also counted the
 * changes that pass: nobody's, or samples that are printed.  A sum modulo 11
 * whose remainder 10 becomes a digit, or which two centuries share, lets some
 * pass.
 */
#include "filters/pii.h"
#include "filters/pii_register.h"

#include <string.h>

#include "tests/check.h"
#include "tests/pii_texts.h"

static const struct {
    bool (*is_valid)(const char *code);
    const char *code;
    unsigned slips; /* changes of one digit that give a valid code */
} codes[] = {
    { pii_register_at, "8622131212", 0 },
    { pii_register_at, "3388230120", 0 },
    { pii_register_at, "4025120920", 0 },
    { pii_register_be, "17011707768", 1 },
    { pii_register_be, "19112109373", 0 },
    { pii_register_be, "49061987019", 1 },
    { pii_register_bg, "8310067033", 0 },
    { pii_register_bg, "0007158472", 0 },
    { pii_register_bg, "6008265542", 0 },
    { pii_register_cy, "08002482O", 0 },
    { pii_register_cy, "05852531W", 0 },
    { pii_register_cy, "03787205C", 0 },
    { pii_register_cz, "8804194058", 0 },
    { pii_register_cz, "8503273053", 0 },
    { pii_register_cz, "4702169395", 0 },
    { pii_register_de, "39728067457", 0 },
    { pii_register_de, "89271604773", 0 },
    { pii_register_de, "49593219808", 0 },
    { pii_register_de_pension, "11100827X785", 0 },
    { pii_register_de_pension, "71271054S330", 0 },
    { pii_register_de_pension, "93030846X714", 0 },
    { pii_register_dk_old, "2706130384", 0 },
    { pii_register_dk_old, "0706998535", 0 },
    { pii_register_dk_old, "1406874288", 0 },
    { pii_register_baltic, "33506132892", 0 },
    { pii_register_baltic, "32904079588", 0 },
    { pii_register_baltic, "30909265299", 1 },
    { pii_register_baltic, "49210202681", 1 },
    { pii_register_baltic, "40310163176", 1 },
    { pii_register_baltic, "40706190918", 1 },
    { pii_register_es, "76989932P", 0 },
    { pii_register_es, "73130131K", 0 },
    { pii_register_es, "03936438B", 0 },
    { pii_register_es, "X7861109P", 0 },
    { pii_register_es, "X5464613C", 0 },
    { pii_register_es, "X5696356S", 0 },
    { pii_register_fi, "140821232C", 0 },
    { pii_register_fi, "080807591F", 0 },
    { pii_register_fi, "230709178J", 0 },
    { pii_register_fr, "287076106802489", 0 },
    { pii_register_fr, "204094389952006", 0 },
    { pii_register_fr, "255122564017248", 0 },
    { pii_register_fr_corsica, "148022B90763746", 0 },
    { pii_register_fr_corsica, "124122B98484726", 0 },
    { pii_register_fr_corsica, "155032B18093981", 0 },
    { pii_register_gr, "24022145809", 0 },
    { pii_register_gr, "01117646081", 0 },
    { pii_register_gr, "04072626437", 0 },
    { pii_register_mod11_10, "55641894499", 0 },
    { pii_register_mod11_10, "15369503460", 0 },
    { pii_register_mod11_10, "48683580594", 0 },
    { pii_register_hu, "15407259881", 7 },
    { pii_register_hu, "17602030789", 10 },
    { pii_register_hu, "11312142191", 7 },
    { pii_register_hu_health, "545318091", 0 },
    { pii_register_hu_health, "329332932", 0 },
    { pii_register_hu_health, "247417139", 0 },
    { pii_register_hu_tax, "8994171800", 0 },
    { pii_register_hu_tax, "8189223240", 0 },
    { pii_register_hu_tax, "8810624742", 0 },
    { pii_register_ie, "8613577U", 0 },
    { pii_register_ie, "1778420W", 0 },
    { pii_register_ie, "2148699R", 0 },
    { pii_register_ie, "4221099BA", 0 },
    { pii_register_ie, "9612725VA", 0 },
    { pii_register_ie, "9986120BA", 0 },
    { pii_register_it, "KFJTVG19H41Q993Q", 0 },
    { pii_register_it, "XPGTJA27H02F510T", 0 },
    { pii_register_it, "VRFWAQ92H59N721V", 0 },
    { pii_register_lu, "1927082500502", 0 },
    { pii_register_lu, "1919011501667", 0 },
    { pii_register_lu, "1966071260485", 0 },
    { pii_register_lv, "22124017670", 5 },
    { pii_register_lv, "01069012339", 0 },
    { pii_register_lv, "20059511710", 8 },
    { pii_register_nl, "813092486", 0 },
    { pii_register_nl, "341184810", 0 },
    { pii_register_nl, "254140038", 0 },
    { pii_register_pl, "87111015057", 0 },
    { pii_register_pl, "91120710845", 0 },
    { pii_register_pl, "44091272009", 0 },
    { pii_register_pt, "881129356", 0 },
    { pii_register_pt, "703039083", 0 },
    { pii_register_pt, "844525316", 0 },
    { pii_register_pt_card, "081734249XB0", 0 },
    { pii_register_pt_card, "996327510GE8", 0 },
    { pii_register_pt_card, "041523909ME3", 0 },
    { pii_register_ro, "1660907473921", 9 },
    { pii_register_ro, "1710107435525", 0 },
    { pii_register_ro, "1470926444173", 0 },
    { pii_register_se, "3804101388", 0 },
    { pii_register_se, "9306227977", 0 },
    { pii_register_se, "3511265039", 0 },
    { pii_register_se_long, "190805206067", 1 },
    { pii_register_se_long, "191003050208", 1 },
    { pii_register_se_long, "197010119225", 1 },
    { pii_register_si, "2101923614395", 0 },
    { pii_register_si, "2406990782214", 0 },
    { pii_register_si, "1904939679782", 0 },
    { pii_register_it, "IWYJJW42H60D04PH", 0 },
    { pii_register_it, "YFFHUC7SH67B0VPM", 0 },
    { pii_register_fi, "110273A291X", 0 },
    { pii_register_fi, "150754Y605S", 0 },
    /* What offices and books print. */
    { pii_register_it, "RSSMRA85T10A562S", 0 },
    { pii_register_nl, "111222333", 0 },
    { pii_register_pl, "44051401359", 0 },
    { pii_register_bg, "7523169263", 0 },
    { pii_register_fi, "131052308T", 0 },
    { pii_register_ie, "1234567FA", 0 },
    { pii_register_de, "86095742719", 0 },
    { pii_register_pt_card, "000000000ZZ4", 0 },
    { pii_register_si, "0101006500006", 0 },
    { pii_register_se, "8112189876", 0 },
    { pii_register_at, "1237010180", 0 },
    { pii_register_de_pension, "65170839J003", 0 },
    { pii_register_es, "12345678Z", 0 },
};

/* The sum is right, the day is not. */
static const struct {
    bool (*is_valid)(const char *code);
    const char *code;
} no_days[] = {
    { pii_register_at, "1344361242" },
    { pii_register_be, "03023221368" },
    { pii_register_bg, "6303338267" },
    { pii_register_cz, "7706325561" },
    { pii_register_de_pension, "97390855X490" },
    { pii_register_dk_old, "3404975829" },
    { pii_register_baltic, "34007337826" },
    { pii_register_fi, "390634053F" },
    { pii_register_gr, "38128659851" },
    { pii_register_hu, "19003375953" },
    { pii_register_it, "FXRNEG84H37W981B" },
    { pii_register_lu, "1952043932257" },
    { pii_register_lv, "39123010355" },
    { pii_register_pl, "06063699423" },
    { pii_register_ro, "1490539488562" },
    { pii_register_se, "9602330657" },
    { pii_register_se_long, "199308407205" },
    { pii_register_si, "3409964456182" },
};

static void codes_are_judged(void)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        const char *code = codes[i].code;
        size_t len = strlen(code);
        unsigned slips = 0;
        char changed[24];

        check_that(codes[i].is_valid(code), "%s", code);
        for (size_t k = 0; k < len; k++)
            for (char c = '0'; c <= '9' && pii_is_digit(code[k]); c++) {
                memcpy(changed, code, len + 1);
                changed[k] = c;
                slips += c != code[k] && codes[i].is_valid(changed);
            }
        check_that(slips == codes[i].slips, "%s: %u changes pass", code, slips);
    }
    for (size_t i = 0; i < sizeof no_days / sizeof *no_days; i++)
        check_that(!no_days[i].is_valid(no_days[i].code), "%s",
                   no_days[i].code);
}

/* In [ and ]: what is one.  Weak forms need their word, others do not. */
static const char *const texts[] = {
    "SVNR [8622 131212], [3388230120], [4025-120920].",
    "Rijksregisternummer [17.01.17-077.68], [19 11 21 093-73], [49061987019].",
    "Naam: Jan, [17.01.17-077.68] 17011707768",
    "\u0415\u0413\u041d [8310067033].",
    "\u0437\u0430 0007158472",
    "\u0391\u03a6\u03a4 [08002482O].",
    "ref 05852531W",
    "rodn\u00e9 \u010d\u00edslo [880419/4058], [850327 3053].",
    "r. \u010d.: [470216/9395].",
    "\u00fa\u010det 880419/4058",
    "rodn\u00e9 \u010d\u00edslo [470216/939], 640216/939, 470236/939.",
    "Steuer-ID [39 728 067 457], [89271604773].",
    "Nr. 39728067457",
    "Rentenversicherungsnummer [11 100827 X 785], [71271054S330].",
    "Personalausweis Nr. [T220001293], T220001294, T22000129",
    "CPR [270613-0384], [0706998535].",
    "f\u00f8dt [140687-4288] 1406874288",
    "isikukood [33506132892].",
    "asmens kodas [49210202681].",
    "[32904079588]",
    "DNI [76989932P], [73130131-K], [03.936.438-B].",
    "NIE [X-7861109-P], [X5464613C].",
    "ref. 76989932P X7861109P",
    "Hetu [140821-232C], [080807+591F].",
    "[110273A291X] [150754Y605S] 150754Z605S 150754Y605T",
    "S\u00e9curit\u00e9 sociale : [2 87 07 61 068 024 89].",
    "NIR [204094389952006], [1 48 02 2B 907 637 46].",
    "no 287076106802489",
    "\u0391\u039c\u039a\u0391 [24022145809].",
    "A.M.K.A. [01117646081].",
    "OIB: [55641894499].",
    "br. 15369503460",
    "Szem\u00e9lyi sz\u00e1m: [1-540725-9881], [1 760203 0789].",
    "TAJ [545 318 091].",
    "ad\u00f3azonos\u00edt\u00f3 jel [8994171800].",
    "PPSN [8613577U], [4221099BA].",
    "part 8613577U",
    "C.F. [KFJTVG19H41Q993Q] [XPG TJA 27H02 F510T] [IWYJJW42H60D04PH]",
    "c.f. [vrfwaq92h59n721v]",
    "matricule [1927082500502] [1919 01 15 016 67]",
    "personas kods [221240-17670], [320000-12345].",
    "J\u0101nis, [010690-12339] 320000-12345",
    "Karta tal-identit\u00e0: [0530530A], [530530M] 530530X",
    "BSN [813092486], [3411.84.810], [254 140 038].",
    "nr. 813092486",
    "PESEL [87111015057].",
    "NIF [881 129 356].",
    "Contribuinte n.\u00ba [703039083].",
    "Cart\u00e3o de Cidad\u00e3o [08173424 9 XB0], [996327510GE8].",
    "CNP [1660907473921] \u0219i [1710107435525]",
    "Personnummer [380410-1388], [9306227977], [351126+5039].",
    "[19080520-6067] order 380410-1388",
    "EM\u0160O [2101923614395]",
    "x87111015057 PESEL 87111015057x PESEL 871110150570 PESEL 8711101505",
};

/*
 * Forms as pii_form() has them.  Letters are chance too: where one stands, a
 * letter or a digit is made.  Not more than about one in 500 may be found
 * without a word; Danish numbers are the exception.
 */
static const struct {
    const char *form;
    unsigned one_in;
} forms[] = {
    { "dddd dddddd", 400 }, { "dd.dd.dd-ddd.dd", 400 }, { "dddddddddd", 400 },
    { "ddddddddx", 400 }, { "dddddd/dddd", 400 }, { "dddddd dddd", 400 },
    { "dddddd/ddd", 400 }, { "dd ddd ddd ddd", 400 },
    { "dd dddddd x ddd", 400 }, { "xxxxxxxxxd", 400 }, { "dddddd-dddd", 200 },
    { "ddddddddddd", 400 }, { "xdddddddx", 400 }, { "dd.ddd.dddx", 400 },
    { "dddddd-dddx", 200 }, { "dddddd+dddx", 400 }, { "ddddddxdddx", 400 },
    { "d dd dd dd ddd ddd dd", 400 }, { "ddddddddddddddd", 400 },
    { "d-dddddd-dddd", 400 }, { "ddd ddd ddd", 400 }, { "ddddddddd", 400 },
    { "dddddddx", 400 }, { "dddddddxx", 400 }, { "xxxxxxddxddxdddx", 400 },
    { "dddd dd dd ddd dd", 400 }, { "dddddd-ddddd", 400 }, { "ddddddx", 400 },
    { "dddd.dd.ddd", 400 }, { "dddddddd d xxd", 400 }, { "dddddddddxxd", 400 },
    { "ddddddddddddd", 350 /* of RO, LU and SI */ }, { "dddddd+dddd", 400 },
    { "dddddddd-dddd", 400 }, { "dddddddddddd", 400 },
};

static void chance_is_rarely_found(void)
{
    static const char chars[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    enum { TRIES = 200000 };
    struct random random = { 7 };

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *form = forms[i].form;
        size_t len = strlen(form);
        unsigned found = 0;
        char text[24];

        for (unsigned try = 0; try < TRIES; try++) {
            for (size_t k = 0; k < len; k++)
                text[k] = form[k] == 'd'   ? chars[random_below(&random, 10)]
                          : form[k] == 'x' ? chars[random_below(&random, 36)]
                                           : form[k];
            found += pii_national(slice_make(text, len), 0) == len;
        }
        check_that(found < TRIES / forms[i].one_in, "%s: %u of %d", form, found,
                   TRIES);
    }
}

int main(void)
{
    pii_open();
    codes_are_judged();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pii_text_check(PII_NATIONAL_ID, texts[i]);
        pii_text_cut(pii_national, texts[i]);
    }
    chance_is_rarely_found();
    return check_done();
}
