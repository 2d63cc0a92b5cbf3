cat >"$T/in" <<'END'
{"id":1,"text":"Menü\nStart\n\nDie Mühle steht am Bach.\nSie mahlt Roggen.\n\nImpressum"}
{"id":2,"text":"Menü\n Start \n\nDie Mühle stand am Fluss.\nSie mahlt Roggen.\n\nImpressum"}
{"id":3,"text":"Menü\nStart\n\nImpressum\n"}
{"id":4,"text":"***\n***\nJa.\nJa.\n"}
END
mlin dedup --unit line "$T/in"
echo
mlin dedup --unit line --min-words 3 --mark "$T/in"
echo
mlin dedup --unit line --near --mark "$T/in"
echo
mlin dedup --unit line --near --rejects "$T/gone" "$T/in" | cut -c 1-20
cat "$T/gone"
