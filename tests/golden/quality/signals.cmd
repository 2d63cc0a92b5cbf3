head -n 4 tests/golden/quality/documents.jsonl | mlin quality --signals
