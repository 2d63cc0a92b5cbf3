# A run's corpus by name, a document's by a member; merged, both are there.
printf '%s\n' '{"text":"un deux","meta":{"corpus":"livres"}}' '{"text":"un deux"}' >"$T/in"
mlin count --source web --source-field meta.corpus -o "$T/a.cnt" "$T/in"
mlin count --source livres -o "$T/b.cnt" "$T/in"
mlin count --merge -o "$T/c.cnt" "$T/a.cnt" "$T/b.cnt"
for f in a b c; do tail -c +21 "$T/$f.cnt" | head -c -8 | od -A n -t x1 -w64 -v; done
