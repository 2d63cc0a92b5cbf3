echo '{"text":"uno due"}' | mlin count -o "$T/a.cnt" --pretokenizer llama3
echo '{"text":"uno due"}' | mlin train --quiet -o "$T/old.json" --vocab-size 258
mlin train --quiet -o "$T/new.json" --vocab-size 259 --extend "$T/old.json" "$T/a.cnt"
