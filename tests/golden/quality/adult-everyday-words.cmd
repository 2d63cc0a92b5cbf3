# Words of every day that look like others, or mean two things: none is a phrase.
sed 's/^\([^:]*\): \(.*\)$/{"lang":"\1","text":"\2"}/' >"$T/in" <<'END'
swe_Latn: Det var bra att höra av dig.
spa_Latn: El cono de luz y la corrida de toros.
fin_Latn: Voiko sen panna merkille? Hän panee oven kiinni.
cym_Latn: Roedd rhyw ddyn yno.
bul_Cyrl: Отбеляза два гола, съдията наду свирка.
srp_Cyrl: Дао је два гола.
ukr_Cyrl: Автор двох голів, другого гола не було.
slv_Latn: Dal je tri gole.
ell_Grek: Οι σύνοδοι κορυφής και οι ώριμες ντομάτες.
ces_Latn: Kouření škodí zdraví.
slk_Latn: Fajčenie škodí zdraviu.
isl_Latn: Hann ríður hesti.
mlt_Latn: Ugwaljanza bejn l-irġiel u n-nisa, bla distinzjoni ta' sess.
gle_Latn: Comhionannas gnéas agus aoise.
ron_Latn: Sala este goală.
fra_Latn: Jouir de ses droits.
deu_Latn: Blasen im Wasser.
est_Latn: Vanamehe kepp.
hun_Latn: A kutya farok nélkül dug egy csontot.
nld_Latn: De pijpen van het orgel.
dan_Latn: En sprøjte og en sut.
por_Latn: Uma pelada de domingo.
rus_Cyrl: Он кончил школу.
eng_Latn: The games of the XXX Olympiad.
END
printf 'max_adult\t*\t0\n' >"$T/rules.tsv"
mlin quality --rules "$T/rules.tsv" "$T/in" | wc -l
mlin quality --rules "$T/rules.tsv" --annotate "$T/in" | grep drop_quality
echo '{"lang":"swe_Latn","text":"Gratis porrfilm"}' | mlin quality --rules "$T/rules.tsv" | wc -l
