printf '%s\n' '[1]' | mlin read
