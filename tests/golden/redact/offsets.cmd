printf '{"text":"ř jana@mlyn.cz\\n 203.0.113.77"}\n' | mlin redact --mode offsets
printf '{"text":"ř jana@mlyn.cz\\n 203.0.113.77"}\n' | mlin redact --mode offsets --types ipv4,card
