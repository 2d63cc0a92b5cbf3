echo '{"text":"uno due tre quattro"}' | mlin count -o "$T/a.cnt"
sed 's/quattro/quattri/' "$T/a.cnt" >"$T/b.cnt"
mlin count --merge -o "$T/all.cnt" "$T/b.cnt"
