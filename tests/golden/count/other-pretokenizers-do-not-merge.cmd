echo '{"text":"jeden dva tři"}' >"$T/in"
mlin count -o "$T/gpt2.cnt" "$T/in"
mlin count -o "$T/llama3.cnt" --pretokenizer cl100k "$T/in"
mlin count --merge -o "$T/all.cnt" "$T/gpt2.cnt" "$T/llama3.cnt"
