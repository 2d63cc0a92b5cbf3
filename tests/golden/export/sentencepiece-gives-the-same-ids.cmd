printf 'mlin mlýn młyn млин\nmlin  mlin\n' >"$T/in"
mlin train --quiet --model chars --vocab-size 290 --special '</s>' --lines -o "$T/t.json" "$T/in"
mlin export --tokenizer "$T/t.json" --to spm -o "$T/t.model"
mlin export --tokenizer "$T/t.json" --to gguf -o "$T/t.gguf"
printf '{"text":"mlin\\n młyn  ř</s>"}\n' >"$T/docs"
for form in json model gguf; do
    mlin encode --quiet --tokenizer "$T/t.$form" --format ids --eos '</s>' "$T/docs"
done
mlin export --tokenizer "$T/t.gguf" --to spm -o "$T/again"
cmp "$T/t.model" "$T/again" && od -An -c "$T/t.model" | tail -n 6
