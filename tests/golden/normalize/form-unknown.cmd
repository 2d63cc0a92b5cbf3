echo '{"text":"x"}' | mlin normalize --form NFD
