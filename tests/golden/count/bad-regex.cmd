mlin count -o "$T/a.cnt" --pretokenizer '\p{L}+|(\d' </dev/null
