python3 -c 'print("{\"id\":1,\"source\":\"s\",\"text\":\"a\",\"x\":" + "["*999 + "]"*999 + "}")' | mlin read | wc -c
