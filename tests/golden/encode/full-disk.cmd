echo '{"text":"a"}' |
    mlin encode --tokenizer tests/data/tok300.json --format ids --out /dev/full
