printf '%s\n' '{"id":1,"text":" \n\t\u00ad\u200b"}' '{"id":2,"text":""}' '{"id":3,"text":"x"}' |
    mlin normalize --rejects "$T/gone.jsonl" && cat "$T/gone.jsonl"
