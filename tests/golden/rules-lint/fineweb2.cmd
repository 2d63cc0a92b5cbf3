mlin rules-lint </dev/null
