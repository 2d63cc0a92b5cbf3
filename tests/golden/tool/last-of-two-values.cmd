echo '{"a":"x","id":1,"source":"s"}' | mlin read --text-field b --text-field a
