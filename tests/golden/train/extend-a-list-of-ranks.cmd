# A .tiktoken can be gone on from once it is known how text is cut.
printf '{"text":"lalala lalala"}\n' >"$T/in"
mlin export --tokenizer tests/data/tok300.json --to tiktoken -o "$T/own.tiktoken" 2>"$T/told"
mlin train -o "$T/x.json" --extend "$T/own.tiktoken" --vocab-size 302 "$T/in" || echo "status $?"
mlin export --tokenizer "$T/own.tiktoken" --pretokenizer llama3 --to json -o "$T/own"
mlin train -o "$T/x.json" --extend "$T/own/tokenizer.json" --vocab-size 302 "$T/in"
tail -n 22 "$T/x.json" | tr -d ' \n'; echo
mlin encode --tokenizer "$T/x.json" --format ids --eos none "$T/in"
