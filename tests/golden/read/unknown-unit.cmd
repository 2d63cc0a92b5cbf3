mlin read --unit page </dev/null
