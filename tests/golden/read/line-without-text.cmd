printf '%s\n' '{"id":1}' | mlin read
