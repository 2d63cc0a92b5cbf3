printf '%s\n' '{"text":"a"}' '{"text":"b"}' |
    mlin run "encode --pass --tokenizer tests/data/tok300.json --out $T/shards"
ls "$T/shards"
