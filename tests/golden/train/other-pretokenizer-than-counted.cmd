echo '{"text":"uno due"}' | mlin count -o "$T/a.cnt"
mlin train -o "$T/t.json" --vocab-size 300 --pretokenizer o200k "$T/a.cnt"
