printf '%s\n' '{"text":""}' '{"text":"12 345 — !!! 🌻"}' | mlin langid
