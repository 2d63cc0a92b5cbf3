printf '{"text":"a","id":1,"source":"s"}\n\357\273\277{"text":"b"}\n' | mlin read
