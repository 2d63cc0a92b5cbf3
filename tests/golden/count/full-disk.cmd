echo '{"text":"a"}' | mlin count -o /dev/full
