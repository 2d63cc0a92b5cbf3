mlin count -o "$T/a.cnt" </dev/null && od -A n -c "$T/a.cnt" | head -n 2
