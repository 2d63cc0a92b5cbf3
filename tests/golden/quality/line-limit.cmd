echo '{"text":"x"}' | mlin quality --max-line 2G
