mlin train -o "$T/t.json" --vocab-size 300 --alpha 2 </dev/null
