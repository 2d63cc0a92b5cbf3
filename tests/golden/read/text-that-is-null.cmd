printf '%s\n' '{"text":null}' | mlin read
