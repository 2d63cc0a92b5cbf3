mlin redact --help | head -n 7
