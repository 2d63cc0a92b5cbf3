printf '%s\n' '{"id":"a","text":"The mill by the old brook turned slowly on 3 May, and ground the last corn of the year until the miller stopped it towards evening."}' '{"text":"La roue du moulin tourne encore."}' |
    mlin dedup --near --index "$T/index" --name may >/dev/null
printf '%s\n' '{"id":5,"text":"Il-mitħna ddur."}' |
    mlin dedup --near --index "$T/index" --name june >/dev/null
cat >"$T/in" <<'END'
{"id":1,"text":"La roue du moulin tourne encore."}
{"id":2,"text":"THE MILL by the old brook turned slowly on 30 May, and ground the last corn of the year until the miller stopped it towards evening!"}
{"id":3,"text":"Well: the mill by the old brook turned slowly on 3 May, and ground the last corn of the year until the miller stopped it towards evening."}
{"id":4,"text":"The mill by the old brook turned slowly."}
{"id":5,"text":"il-mitħna ddur"}
{"id":6,"text":""}
END
mlin lookup --index "$T/index" "$T/in" | sed 's/"text.*"dup_of/"dup_of/'
echo
mlin lookup --index "$T/index" --jaccard 1 "$T/in" | grep -c dup_of
for threads in 1 3; do
    mlin lookup --index "$T/index" --threads $threads --batch 1K "$T/in" | cksum
done | uniq | wc -l
