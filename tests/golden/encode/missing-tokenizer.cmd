echo '{"text":"a"}' | mlin encode --format ids --tokenizer "$T/none.json"
