mlin train -o "$T/t.json" --vocab-size 300 /nowhere/at/all.jsonl
