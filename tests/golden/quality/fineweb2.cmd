mlin quality --annotate <tests/golden/quality/documents.jsonl |
    sed 's/"text":"[^"]*",*//'
