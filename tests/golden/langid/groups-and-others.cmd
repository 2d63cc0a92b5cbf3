printf '%s\n' '{"text":"Gdje si bio jučer?"}' '{"text":"Hvor er du?"}' '{"text":"Der Zug fährt heute später ab."}' | mlin langid --groups --alt 0.01
