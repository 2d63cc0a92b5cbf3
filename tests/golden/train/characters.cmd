# <unk> and specials, bytes, characters by code point (a space is U+2581), merges.
# A rare character is said by its bytes.
printf 'mlin mlýn młyn млин\nmlin  mlin\n漢\n' >"$T/in"
mlin train --model chars --coverage 0.9 --vocab-size 274 --special '</s>' --lines -o "$T/t.json" "$T/in"
sed -n '/<0xFF>/,/}/p' "$T/t.json"
printf '{"text":" mlýn mlin\\n漢"}\n' | mlin encode --quiet --tokenizer "$T/t.json" --eos none --format ids | tee "$T/ids"
mlin decode --tokenizer "$T/t.json" "$T/ids"
