mlin run 'read | audit x.db' </dev/null
