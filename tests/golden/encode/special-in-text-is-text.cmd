for how in "" --allow-special; do
    echo '{"text":"a<|endoftext|>b"}' |
        mlin encode --tokenizer tests/data/tok300.json --format ids $how
done
