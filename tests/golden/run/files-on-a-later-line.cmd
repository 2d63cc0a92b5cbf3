mlin run 'read | dedup x.jsonl'
