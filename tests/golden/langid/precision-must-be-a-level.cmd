printf '{"text":"a"}\n' | mlin langid --precision 0.5
