# Ids that end inside of a character: U+FFFD for each byte, or the bytes.
echo '{"text":"é"}' |
    mlin encode --eos none --format ids --tokenizer tests/data/tok300.json |
    sed 's/,.*/]/' >"$T/half"
mlin decode --tokenizer tests/data/tok300.json "$T/half"
mlin decode --raw --tokenizer tests/data/tok300.json "$T/half" | od -An -tx1
