mlin export tests/data/tok300.json
