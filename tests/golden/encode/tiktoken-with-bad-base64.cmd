printf 'IQ== 0\nI?== 1\n' >"$T/bad.tiktoken"
echo '{"text":"a"}' | mlin encode --tokenizer "$T/bad.tiktoken" --format ids
