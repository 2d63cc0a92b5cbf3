printf '%s\n' 'hello' | mlin read
