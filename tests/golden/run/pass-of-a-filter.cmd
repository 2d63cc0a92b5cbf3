mlin run 'read | dedup --pass' </dev/null
