mlin read --annotate=yes </dev/null
