printf '%s\n' '{"id":1,"source":"s","text":"a\ud83c\udf3b"}' | mlin read
