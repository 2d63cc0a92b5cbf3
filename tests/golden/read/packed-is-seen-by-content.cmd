printf '%s\n' '{"id":1,"source":"s","text":"eins"}' | gzip -c | mlin read
