printf '%s\n' '{"text":"a"}' '{"text":"a"}' '{"text":""}' '{"text":""}' |
    mlin dedup --annotate
