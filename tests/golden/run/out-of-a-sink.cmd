mlin run --out $T/x "read | count -o $T/w" </dev/null
