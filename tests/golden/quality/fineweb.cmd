mlin quality --rules fineweb --annotate <tests/golden/quality/documents.jsonl |
    sed 's/"text":"[^"]*",*//'
