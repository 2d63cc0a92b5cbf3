mlin run 'dedup | read' </dev/null
