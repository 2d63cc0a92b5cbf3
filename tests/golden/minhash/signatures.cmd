# The first numbers of a few signatures: they must never change.
cat >"$T/in" <<'END'
{"text":"The mill stands still, the miller sleeps; only the brook goes on."}
{"text":"Млин стоїть, мельник спить, лише струмок біжить далі."}
{"text":"Ο μύλος στέκει, ο μυλωνάς κοιμάται."}
{"text":"one two"}
{"text":"!"}
END
mlin minhash --pass --signature-field s --bands 1 --rows 4 "$T/in"
mlin minhash --pass --signature-field s --bands 1 --rows 4 --ngram 12 --chars "$T/in" | grep -o '"s".*'
mlin minhash --pass --signature-field s --bands 1 --rows 4 --preset datatrove "$T/in" | grep -o '"s".*'
