printf '{"id":1,"source":"s","text":"a","lang":"x"}\n' | mlin run 'read | quality --annotate | quality --annotate'
