mlin export --tokenizer tests/data/tok300.json --to gguf -o "$T/"
head -c 4 "$T/vocab.gguf"; echo
printf '{"text":"the mill řeka\\n \\n<|endoftext|>"}\n' >"$T/in"
mlin encode --tokenizer tests/data/tok300.json --format ids --allow-special "$T/in" >"$T/want"
mlin encode --tokenizer "$T/vocab.gguf" --format ids --allow-special "$T/in" | diff - "$T/want"
mlin decode --tokenizer "$T/vocab.gguf" "$T/want"
