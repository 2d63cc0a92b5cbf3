printf '%s' '{"text":"a' | mlin read
