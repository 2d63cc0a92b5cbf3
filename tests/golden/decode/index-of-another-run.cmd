for n in 1 2; do
    yes '{"text":"the mill"}' | head -n $n |
        mlin encode --tokenizer tests/data/tok300.json --out "$T/$n"
done
cp "$T/1/tokens.idx" "$T/2/tokens.idx"
mlin decode --tokenizer tests/data/tok300.json "$T/2"
