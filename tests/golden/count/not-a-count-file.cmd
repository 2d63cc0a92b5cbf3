echo '{"text":"uno"}' >"$T/a.cnt"
mlin count --merge -o "$T/all.cnt" "$T/a.cnt"
