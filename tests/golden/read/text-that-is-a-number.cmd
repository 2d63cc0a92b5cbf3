printf '%s\n' '{"text":"a","id":1,"source":"s"}' '{"id":1,"text":12}' | mlin read
