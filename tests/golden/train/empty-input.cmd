mlin train -o "$T/t.json" --vocab-size 300 --quiet </dev/null && grep -c '": [0-9]' "$T/t.json"
