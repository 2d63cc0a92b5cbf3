mlin export --tokenizer tests/data/tok300.json --to tiktoken -o "$T/own.tiktoken" 2>"$T/told"
echo '{"text":"a"}' | mlin encode --tokenizer "$T/own.tiktoken" --format ids
