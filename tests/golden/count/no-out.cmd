echo '{"text":"a"}' | mlin count
