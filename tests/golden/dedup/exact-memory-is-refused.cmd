awk 'BEGIN { for (i = 0; i < 30000; i++) printf "{\"text\":\"a%d\"}\n", i }' >"$T/in"
for o in '' '--unit line' '--unit line --near'; do
    mlin dedup --memory 250K $o "$T/in" 2>&1 >/dev/null
    echo "status $?"
done
# Enough: a text that was there before needs no more.
cat "$T/in" "$T/in" | mlin dedup --memory 2M | wc -l
