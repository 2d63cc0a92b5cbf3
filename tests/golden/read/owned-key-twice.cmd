printf '%s\n' '{"text":"a","id":1,"text":"b"}' | mlin read
