/* SPDX-License-Identifier: Apache-2.0 */
/*
 * langid_shipped - the model in langid/models: it opens, is small, knows plain
 * sentences of many languages in any dress, and knows junk for junk.
 */
#include <sys/stat.h>

#include "langid/model.h"
#include "tests/check.h"

static const char path[] = "langid/models/europe.lid";

static const struct {
    const char *label, *text;
} sentences[] = {
    { "bul_Cyrl",
      "Утре сутринта ще отидем на пазара и ще купим пресни плодове." },
    { "cat_Latn", "Aquest matí hem anat a comprar pa amb els nostres veïns." },
    { "ces_Latn",
      "Zítra ráno půjdeme na nádraží, protože přijede naše babička." },
    { "cym_Latn",
      "Mae'r plant yn chwarae yn yr ardd gyda'u ffrindiau heddiw." },
    { "nno_Latn",
      "Eg veit ikkje kvifor toget alltid er forseinka om måndagane." },
    { "nob_Latn",
      "Jeg vet ikke hvorfor toget alltid er forsinket om mandagene." },
    { "ltz_Latn", "Muer de Moien fuere mir mam Zuch bei eis Groussmamm." },
    { "dan_Latn",
      "Jeg ved ikke, hvorfor toget altid er forsinket om mandagen." },
    { "deu_Latn", "Morgen früh fahren wir mit dem Zug zu unserer Großmutter." },
    { "ell_Grek", "Αύριο το πρωί θα πάμε στην αγορά για φρέσκα φρούτα." },
    { "eng_Latn", "Nobody could explain why the old bridge had been closed." },
    { "est_Latn", "Homme hommikul sõidame rongiga vanaema juurde maale." },
    { "eus_Latn", "Bihar goizean azokara joango gara fruta freskoa erostera." },
    { "fin_Latn", "Huomenna aamulla matkustamme junalla isoäidin luokse." },
    { "fra_Latn",
      "Demain matin, nous irons au marché acheter des fruits frais." },
    { "gle_Latn", "Beidh muid ag dul go dtí an margadh maidin amárach." },
    { "hrv_Latn",
      "Tjedan dana čekali smo vlak na kolodvoru, a nitko nije došao." },
    { "hun_Latn", "Holnap reggel a piacra megyünk friss gyümölcsért." },
    { "hye_Armn", "Վաղը առավոտյան մենք կգնանք շուկա։" },
    { "isl_Latn", "Á morgun förum við með lestinni til ömmu okkar." },
    { "ita_Latn",
      "Domani mattina andremo al mercato a comprare della frutta." },
    { "kat_Geor", "ხვალ დილით ბაზარში წავალთ." },
    { "lav_Latn", "Rīt no rīta mēs brauksim ar vilcienu pie vecmāmiņas." },
    { "lit_Latn", "Rytoj ryte važiuosime traukiniu pas močiutę į kaimą." },
    { "mlt_Latn", "Għada filgħodu mmorru s-suq biex nixtru l-frott frisk." },
    { "nld_Latn", "Morgenochtend gaan wij met de trein naar onze oma." },
    { "pol_Latn", "Jutro rano pojedziemy pociągiem do naszej babci na wieś." },
    { "por_Latn", "Amanhã de manhã vamos ao mercado comprar fruta fresca." },
    { "ron_Latn", "Mâine dimineață mergem la piață să cumpărăm fructe." },
    { "rus_Cyrl", "Завтра утром мы поедем на поезде к нашей бабушке." },
    { "slk_Latn", "Zajtra ráno pôjdeme vlakom k našej babičke na dedinu." },
    { "slv_Latn", "Jutri zjutraj se bomo z vlakom odpeljali k babici." },
    { "spa_Latn", "Mañana por la mañana iremos al mercado a comprar fruta." },
    { "srp_Cyrl", "Сутра ујутру идемо возом код наше баке на село." },
    { "swe_Latn", "I morgon bitti åker vi tåg till vår mormor på landet." },
    { "tur_Latn", "Yarın sabah trenle büyükannemizin köyüne gideceğiz." },
    { "ukr_Cyrl", "Завтра вранці ми поїдемо поїздом до нашої бабусі." },
    { "zxx_Zxxx", "aGVsbG8gd29ybGQgdGhpcyBpcyBiYXNlNjQgZGF0YQ0KZm9vYmFyCg==" },
    { "zxx_Zxxx", "for (i = 0; i < buf->len; i++) { ctx->idx[i] = NULL; }" },
    { "zxx_Zxxx", "    const activeItem = activeSection.parentElement;" },
    { "zxx_Zxxx", "        self.cached_names = list(platforms or tags())" },
    { "zxx_Zxxx", "https://www.a8f3.com/assets/img/x91/b2c.php?sid=77af0e9b" },
    { "zxx_Zxxx", "qwzkjx vbpqf zzrtk xgqwp lkjhg fdsqq mnbvc" },
    { "und_Zyyy", "1984-12-03 10:45 +42 (17 %)" },
    { "und_Hani", "今天天气很好" },
    { "und_Deva", "आज मौसम अच्छा है" }
};

static struct model model;
static struct features features;

/* A document says no less than a sentence: in Greek it once became junk. */
static void documents_are_known(void)
{
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        static char document[40000];
        struct model_guess guess;
        size_t len = 0;

        if (memcmp(sentences[i].label, "zxx_", 4) == 0)
            continue; /* one is an address, of which there are not many */
        for (int times = 1; times <= 64; times++) {
            len += (size_t)snprintf(document + len, sizeof document - len,
                                    "%s\n", sentences[i].text);
            if ((times & (times - 1)) != 0)
                continue;
            model_guess(&model, &features, slice_make(document, len), &guess);
            check_that(strcmp(guess.label, sentences[i].label) == 0,
                       "%d times \"%s\" is %s (%.3f)", times,
                       sentences[i].text, guess.label, guess.score);
        }
    }
}

static void sentences_are_known(void)
{
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        struct model_guess guess, again;
        char line[400];

        model_guess(&model, &features, slice_from(sentences[i].text), &guess);
        check_that(strcmp(guess.label, sentences[i].label) == 0,
                   "\"%s\" is %s (%.3f)", sentences[i].text, guess.label,
                   guess.score);
        snprintf(line, sizeof line, "  %s\r\n", sentences[i].text);
        model_guess(&model, &features, slice_from(line), &again);
        check(memcmp(&guess.score, &again.score, sizeof guess.score) == 0);
    }
}

/* Every kernel gives the same scores, to the last bit. */
static void kernels_agree(void)
{
    struct kernel kernels[KERNEL_SIMD_MAX];
    size_t forms = kernel_simd(kernels);
    struct model portable = model, other = model;

    portable.sum = kernel_sum_portable;
    for (size_t k = 0; k < forms; k++)
        for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
            struct slice text = slice_from(sentences[i].text);
            struct model_guess a, b;

            other.sum = kernels[k].sum;
            model_guess(&portable, &features, text, &a);
            model_guess(&other, &features, text, &b);
            check(strcmp(a.label, b.label) == 0 && a.score == b.score);
        }
}

int main(void)
{
    struct fault fault;
    struct stat status;

    check(stat(path, &status) == 0);
    check(status.st_size <= 8 << 20);
    check_that(model_open(&model, path, &fault), "%s", fault.what);
    sentences_are_known();
    documents_are_known();
    kernels_agree();
    model_close(&model);
    check(!model_open(&model, "langid/README.md", &fault));
    check(!model_open(&model, "langid", &fault));
    check(!model_open(&model, "/dev/null", &fault));
    check(!model_open(&model, "langid/models/none.lid", &fault));
    return check_done();
}
