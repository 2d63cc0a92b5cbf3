mlin export --tokenizer tests/data/tok300.json --to gguf -o "$T/own.gguf"
head -c 3000 "$T/own.gguf" >"$T/cut.gguf"
echo '{"text":"a"}' | mlin encode --tokenizer "$T/cut.gguf" --format ids
