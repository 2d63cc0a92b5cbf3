mlin train -o "$T/t.json" --vocab-size 300 --dev "$T" </dev/null
