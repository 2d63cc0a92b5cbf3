echo '{"text":"a"}' |
    mlin encode --tokenizer tests/data/tok300.json --format ids --eos '</s>'
