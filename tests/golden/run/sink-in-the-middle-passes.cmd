echo '{"id":1,"source":"s","text":"a"}' | mlin run "read | count -o $T/w --pass | dedup"; ls $T
