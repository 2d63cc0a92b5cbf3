cat >"$T/may" <<'END'
{"id":"a","text":"Das Mühlrad am alten Bach drehte sich am 3. Mai noch langsam weiter und mahlte das letzte Korn des Jahres, bis der Müller es gegen Abend anhielt."}
{"text":"La roue du moulin tourne encore."}
{"id":17,"text":"!!!"}
END
cat >"$T/june" <<'END'
{"id":"b","text":"DAS MUHLRAD AM ALTEN BACH drehte sich am 17. Mai noch langsam weiter und mahlte das letzte Korn des Jahres, bis der Müller es gegen Abend anhielt!"}
{"id":"c","text":"La roue du moulin tourne encore."}
{"id":"d","text":"Il-mitħna ddur."}
{"id":"e","text":"!!!"}
{"id":"f","text":"il-mitħna ddur"}
END
for name in may june june may; do
    echo "$name:"
    mlin dedup --near --index "$T/index" --name $name --rejects - "$T/$name" --out "$T/kept"
    cut -c 1-40 "$T/kept"
done
echo
mlin index "$T/index"
