printf '\357\273\277{"text":"a","id":1,"source":"s"}\n' | mlin read
