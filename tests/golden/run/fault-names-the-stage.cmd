printf '{"id":1,"source":"s","text":"a"}\n' | mlin run 'read | quality --annotate | quality --annotate'
