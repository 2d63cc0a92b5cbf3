mlin read --format xml </dev/null
