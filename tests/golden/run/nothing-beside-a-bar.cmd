mlin run 'read | | dedup' </dev/null; mlin run 'read |' </dev/null
