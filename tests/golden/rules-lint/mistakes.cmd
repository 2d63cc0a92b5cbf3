mlin rules-lint --low x </dev/null; mlin rules-lint --rules nothing </dev/null; echo '{"text":"a","quality":{}}' | mlin rules-lint
