awk 'BEGIN { for (i = 0; i < 5000; i++)
    printf "{\"id\":%d,\"text\":\"%d\"}\n", i, i * i % 1009 }' >"$T/in"
mlin dedup --threads 1 <"$T/in" >"$T/one"
mlin dedup --threads 3 --batch 1K <"$T/in" | cmp - "$T/one" && wc -l <"$T/one"
