mlin export --tokenizer tests/data/tok300.json --format hf -o "$T/hf" --eos none
grep -c eos_token "$T/hf/tokenizer_config.json"
mlin export --tokenizer tests/data/tok300.json --to gguf -o "$T/a.gguf" --eos none
mlin export --tokenizer tests/data/tok300.json --to gguf -o "$T/b.gguf"
grep -c eos_token_id "$T/a.gguf" "$T/b.gguf" | sed 's|.*/||'
