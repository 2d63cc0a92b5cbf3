{ printf '\357'; sleep 0.1; printf '\273'; sleep 0.1; printf '\277{"text":"a","id":1,"source":"s"}\n'; } | mlin read
