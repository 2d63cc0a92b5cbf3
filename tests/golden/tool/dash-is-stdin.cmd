echo '{"text":"a","id":1,"source":"s"}' | mlin read -
