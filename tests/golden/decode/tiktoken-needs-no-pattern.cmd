mlin export --tokenizer tests/data/tok300.json --to tiktoken -o "$T/own.tiktoken" 2>"$T/told"
echo '[90,257,0]' | mlin decode --tokenizer "$T/own.tiktoken"
