printf '%s\n' '{"text":"a"} {"text":"b"}' | mlin read
