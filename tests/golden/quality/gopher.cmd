mlin quality --rules gopher --annotate <tests/golden/quality/documents.jsonl |
    sed 's/"text":"[^"]*",*//'
