printf '{"text":"gut","id":1,"source":"s"}\n{"text":"b\377se"}\n{"text":"auch gut","id":2,"source":"s"}\n' | mlin read --rejects $T/r && cat $T/r
