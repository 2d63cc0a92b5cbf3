echo '{"text":"a"}' | mlin read >/dev/full
