printf '%s\n' '{"text":"Der Zug fährt heute später ab, weil es so stark geschneit hat."}' '{"text":"ok"}' '{"text":"12"}' | mlin langid --precision 0.99 --rejects $T/r; cat $T/r
