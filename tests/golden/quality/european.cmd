mlin quality --rules european --annotate --reasons <tests/golden/quality/documents.jsonl | sed 's/"text":"[^"]*",*//'
