echo '{"text":"x"}' | mlin quality --rules c5
