echo '{"text":"a"}' | mlin read --out /dev/full
