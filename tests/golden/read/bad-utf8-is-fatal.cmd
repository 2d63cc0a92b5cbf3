printf '{"text":"gut","id":1,"source":"s"}\n{"text":"b\377se"}\n' | mlin read
