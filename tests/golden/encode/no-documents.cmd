mlin encode --tokenizer tests/data/tok300.json --format megatron,datatrove,ids \
    --out "$T/none" </dev/null
cd "$T/none"
ls
od -An -v -tx1 tokens.idx
