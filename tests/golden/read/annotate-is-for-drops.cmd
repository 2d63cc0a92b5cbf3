echo '{"text":1}' | mlin read --annotate
