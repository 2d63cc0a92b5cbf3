mlin quality --rules gopher --signals --annotate tests/golden/quality/documents.jsonl | mlin rules-lint --rules gopher --least 5 --low 0.1
