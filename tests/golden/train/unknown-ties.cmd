mlin train -o "$T/t.json" --vocab-size 300 --ties random </dev/null
