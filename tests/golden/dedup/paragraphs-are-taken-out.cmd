cat >"$T/in" <<'END'
{"id":1,"text":"We use the small stones of this mill for rye, and the large ones for the wheat of the valley.\n\nFirst.\n"}
{"id":2,"text":"Second.\n\n\nWe use the small stones of this mill for rye and the large ones for the wheat of the valley!\n\nThird."}
{"id":3,"text":"  we use the small stones of this mill for rye, and the large ones for the wheat of the valley.\n"}
END
mlin dedup --unit paragraph --near "$T/in"
echo
mlin dedup --unit paragraph --near --annotate --mark "$T/in"
