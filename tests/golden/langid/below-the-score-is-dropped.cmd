printf '%s\n' '{"text":"Der Zug fährt heute später ab, weil es so stark geschneit hat."}' '{"text":"ok"}' | mlin langid --min-score 0.9 --rejects $T/r; cat $T/r
