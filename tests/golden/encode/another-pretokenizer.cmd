echo '{"text":"the mill 1234 5"}' |
    mlin encode --tokenizer tests/data/tok300.json --format ids --eos none --pretokenizer '.'
echo '{"text":"a"}' |
    mlin encode --tokenizer tests/data/tok300.json --format ids --pretokenizer '(' || echo "status $?"
