echo '{"text":"uno due tre quattro"}' | mlin count -o "$T/a.cnt"
head -c 60 "$T/a.cnt" >"$T/b.cnt"
mlin count --merge -o "$T/all.cnt" "$T/b.cnt"
