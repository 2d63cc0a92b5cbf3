cat >"$T/in" <<'END'
{"id":"a","date":"2024-05-01","meta":{"score":-3},"text":"Das Mühlrad am alten Bach drehte sich am 3. Mai noch langsam weiter und mahlte das letzte Korn des Jahres, bis der Müller es gegen Abend anhielt."}
{"id":"b","date":"2023-01-31","meta":{"score":0.5},"text":"DAS MUHLRAD AM ALTEN BACH drehte sich am 17. Mai noch langsam weiter und mahlte das letzte Korn des Jahres, bis der Müller es gegen Abend anhielt!"}
{"id":17,"text":"La roue du moulin tourne encore."}
{"id":"c","meta":{"score":0.25},"text":"Ach: Das Mühlrad am alten Bach drehte sich am 3. Mai noch langsam weiter und mahlte das letzte Korn des Jahres, bis der Müller es gegen Abend anhielt."}
{"id":18,"text":"La roue du moulin tourne encore."}
{"id":19,"text":"..."}
{"id":19,"text":"..."}
{"text":"Il-mitħna ddur."}
END
for prefer in longest shortest newest oldest meta.score score; do
    echo "$prefer:"
    mlin minhash --out "$T/d" --prefer $prefer "$T/in"
    mlin cluster "$T/d" >"$T/report"
    mlin drop --list "$T/d/clusters.list" --rejects "$T/gone" "$T/in" | cut -c 1-40
done
echo
grep ^copies "$T/report"
cat "$T/gone"
mlin drop --list "$T/d/clusters.list" "$T/in" | grep -o '"cluster.*'
mlin drop --bare --list "$T/d/clusters.list" "$T/in" | tail -n 1
