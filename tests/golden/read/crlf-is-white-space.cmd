printf '{"text":"a","id":1}\r\n\r\n{"text":"b","id":2}\r\n' | mlin read | od -c | sed 's/^[0-9]* //'
