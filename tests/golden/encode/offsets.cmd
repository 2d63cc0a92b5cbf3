# Of each token; marks stand for none; an e and its accent are brought to NFC.
printf '%s\n' '{"text":"the mill"}' '{"text":""}' '{"text":"<|endoftext|>"}' |
    mlin encode --tokenizer tests/data/tok300.json --format ids --offsets \
        --bos '<|endoftext|>'
mlin train --quiet --vocab-size 300 --pretokenizer eu -o "$T/eu.json" --lines \
    corpora/tiny/fra_Latn.txt
printf '%s\n' '{"text":"\u00e9t\u00e9"}' '{"text":"e\u0301te\u0301"}' |
    mlin encode --tokenizer "$T/eu.json" --format ids --offsets --eos none
