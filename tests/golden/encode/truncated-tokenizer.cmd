head -c 5000 tests/data/tok300.json >"$T/cut.json"
echo '{"text":"a"}' | mlin encode --format ids --tokenizer "$T/cut.json"
