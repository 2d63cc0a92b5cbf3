# The ids of the last two tokens change places; tiktoken knows no other order.
sed -E 's/: 299$/: x/; s/: 298,$/: 299,/; s/: x$/: 298/' tests/data/tok300.json >"$T/swapped.json"
mlin export --tokenizer "$T/swapped.json" --to tiktoken -o "$T/x.tiktoken"
