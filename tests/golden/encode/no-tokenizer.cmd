echo '{"text":"a"}' | mlin encode --format ids
