printf '%s\n' '{"id":12345678901234567890, "text" :"a\u00e9\n\/b","x":1.50e+3,"source":"s","o":{"text":[1,2 ]}}' | mlin read
