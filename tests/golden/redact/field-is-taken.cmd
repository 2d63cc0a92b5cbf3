echo '{"text":"a@b.org","pii":{}}' | mlin redact
