mlin encode --tokenizer $T/none.json --format ids </dev/null
