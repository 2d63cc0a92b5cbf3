mlin export --tokenizer tests/data/tok300.json --to bpe -o "$T/bpe"
ls "$T/bpe"
head -n 3 "$T/bpe/merges.txt"
head -c 60 "$T/bpe/vocab.json"; echo
