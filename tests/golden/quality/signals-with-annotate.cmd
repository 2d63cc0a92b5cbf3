mlin quality --signals --annotate <tests/golden/quality/documents.jsonl |
    sed 's/"text":"[^"]*",*//' | sed -n 5,6p
