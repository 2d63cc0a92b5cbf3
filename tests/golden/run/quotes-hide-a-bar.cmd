echo '{"id":1,"a|b":"x","source":"s"}' | mlin run 'read --text-field "a|b"'
