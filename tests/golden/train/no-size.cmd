mlin train -o "$T/t.json" </dev/null
