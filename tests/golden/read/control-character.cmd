printf '{"text":"a\001b"}\n' | mlin read
