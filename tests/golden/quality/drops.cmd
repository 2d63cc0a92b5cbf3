mlin quality --rejects "$T/gone" <tests/golden/quality/documents.jsonl |
    cut -d '"' -f 4 && wc -l <"$T/gone"
