echo '{"id":1,"text":"A mill."}' >"$T/in"
try() {
    mlin dedup --near --index "$T/index" "$@" "$T/in" 2>&1
    echo "status $?"
}
try
try --name a/b
try --name a --unit line
try --name a
for o in '--bands 20' '--rows 4' '--ngram 3' '--seed 2' --chars '--preset datatrove'; do
    try --name b $o
done
# Another run of a name; then one that would be of two parameters.
echo '{"id":2,"text":"Another mill."}' >"$T/in"
try --name a
mlin index "$T/index"
mlin dedup --index "$T/index" --name c "$T/in" 2>&1
echo "status $?"
mlin dedup --near --name c "$T/in" 2>&1
echo "status $?"
# Of two at once, the one that ends first is added.
mkfifo "$T/slow"
mlin dedup --near --index "$T/index" --name slow "$T/slow" >"$T/out" 2>&1 &
exec 3>"$T/slow"
while [ ! -f "$T/index/slow.new.part" ]; do sleep 0.01; done
try --name quick
cat "$T/in" >&3
exec 3>&-
wait $! || cat "$T/out"
mlin index "$T/index" | cut -f 1-3
mlin dedup --near --index "$T/index" --name slow "$T/in"
mlin index "$T/index" | cut -f 1-3
# Who was refused leaves no file.
ls "$T/index"
