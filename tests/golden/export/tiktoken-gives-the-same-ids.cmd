# The ids of the list are those of the vocabulary; what it cannot hold is told.
mlin export --tokenizer tests/data/tok300.json --to tiktoken -o "$T/own.tiktoken"
sed -n '1p;$p' "$T/own.tiktoken"
for text in 'the mill' ' řeka\n \n' '<|endoftext|>'; do
    printf '{"text":"%s"}\n' "$text"
done >"$T/in"
mlin encode --tokenizer tests/data/tok300.json --format ids --eos none "$T/in" >"$T/want"
mlin encode --tokenizer "$T/own.tiktoken" --pretokenizer llama3 --format ids --eos none "$T/in" |
    diff - "$T/want"
