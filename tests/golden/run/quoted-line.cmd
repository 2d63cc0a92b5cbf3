printf '%s\n' '{"id":1,"source":"s","text":"a"}' '{"id":2,"source":"s","text":"a"}' | mlin run 'read | dedup'
