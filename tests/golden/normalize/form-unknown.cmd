echo '{"text":"x"}' | mlin normalize --form NFKC
