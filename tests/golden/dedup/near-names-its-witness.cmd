# Twelve words; one word in front, another accent and date, a third of it gone.
cat >"$T/in" <<'END'
{"id":"a","text":"Das Mühlrad am alten Bach drehte sich am 3. Mai noch langsam weiter und mahlte das letzte Korn des Jahres, bis der Müller es gegen Abend anhielt."}
{"id":"b","text":"DAS MUHLRAD AM ALTEN BACH drehte sich am 17. Mai noch langsam weiter und mahlte das letzte Korn des Jahres, bis der Müller es gegen Abend anhielt!"}
{"id":17,"text":"La roue du moulin tourne encore."}
{"id":"c","text":"Ach: Das Mühlrad am alten Bach drehte sich am 3. Mai noch langsam weiter und mahlte das letzte Korn des Jahres, bis der Müller es gegen Abend anhielt."}
{"id":"d","text":"Das Mühlrad am alten Bach drehte sich noch."}
{"text":"La roue du moulin tourne encore."}
{"text":"Roata morii se învârte încet."}
{"text":"Roata morii se învârte, încet!"}
{"text":"!!!"}
{"text":"???"}
{"text":"!!!"}
END
mlin dedup --near --rejects - "$T/in" --out "$T/kept"
echo
cat "$T/kept"
