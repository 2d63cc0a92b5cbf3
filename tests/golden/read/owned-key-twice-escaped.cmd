printf '%s\n' '{"text":"a","te\u0078t":"b"}' | mlin read
