echo '{"text":"x"}' | mlin quality --words chinese
