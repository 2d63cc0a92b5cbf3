mkdir "$T/empty"
for o in '' "--index $T/nothing" "--index $T/empty" "--jaccard 2 --index $T/empty"; do
    mlin lookup $o </dev/null 2>&1
    echo "status $?"
done
