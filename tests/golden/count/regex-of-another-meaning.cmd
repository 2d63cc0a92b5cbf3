mlin count -o "$T/a.cnt" --pretokenizer 'a|\pL+' </dev/null || echo "status $?"
mlin count -o "$T/a.cnt" --pretokenizer '\p{L}+|\Qa+b\E' </dev/null || echo "status $?"
