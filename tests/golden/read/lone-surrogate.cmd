printf '%s\n' '{"text":"a\ud83c."}' | mlin read
