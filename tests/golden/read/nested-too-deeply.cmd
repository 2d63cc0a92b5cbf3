python3 -c 'print("{\"text\":\"a\",\"x\":" + "["*1000000 + "]"*1000000 + "}")' | mlin read
