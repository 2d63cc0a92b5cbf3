sed 's/"normalizer": null/"normalizer": {"type": "Lowercase"}/' \
    tests/data/tok300.json >"$T/lower.json"
echo '{"text":"a"}' | mlin encode --format ids --tokenizer "$T/lower.json"
