printf '%s\n' '{"text":"a","id":1,"source":"s"}' '{"text":"far too long for this","id":2}' | mlin read --max-line 34
