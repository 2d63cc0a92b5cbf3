mlin langid --min-score abc </dev/null
