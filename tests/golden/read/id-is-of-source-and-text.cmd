printf '%s\n' '{"text":"gleich","source":"a"}' '{"text":"gleich","source":"a"}' '{"text":"gleich","source":"b"}' | mlin read
