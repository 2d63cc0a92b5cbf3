mlin encode --tokenizer tests/data/tok300.json --count <<'END'
{"text":"der Bach","lang":"deu_Latn"}
{"text":"řeka","lang":"ces_Latn"}
{"text":"?"}
{"text":"die Mühle","lang":"deu_Latn"}
END
mlin encode --tokenizer tests/data/tok300.json --count --eos none </dev/null
echo '{"text":"a"}' |
    mlin encode --tokenizer tests/data/tok300.json --count --out "$T/x"
ls "$T"
