# The same data, the same name, in any spelling and with any number of threads.
printf 'sixteen bytes ok' >"$T/key"
printf '{"text":"%s"}\n' 'ring +47 22 12 34 56' 'ring +4722123456' 'Иван@пример.рф' >"$T/in"
mlin redact --mode pseudonym --key-file "$T/key" "$T/in"
seq 1 2000 | sed 's/.*/{"text":"a&@b.org or a@b.org"}/' >"$T/many"
for threads in 1 3; do
    mlin redact --quiet --threads $threads --mode pseudonym --key-file "$T/key" "$T/many" | cksum
done
echo 'another key, as long' >"$T/key"
mlin redact --mode pseudonym --key-file "$T/key" "$T/in" | head -n 1
