printf '[65]\n[300]\n' | mlin decode --tokenizer tests/data/tok300.json
