mlin export --tokenizer tests/data/tok300.json --to json -o "$T/new/hf"
ls "$T/new/hf"
cmp tests/data/tok300.json "$T/new/hf/tokenizer.json"
cat "$T/new/hf/tokenizer_config.json"
