mlin run "read | count -o $T/w | dedup" </dev/null
