echo '{"text":"a"}' |
    mlin encode --tokenizer tests/data/tok300.json --format mds,litdata --out "$T/x"
