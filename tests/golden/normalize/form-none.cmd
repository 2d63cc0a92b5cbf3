printf '%s\n' '{"text":" Cafe\u0301 "}' '{"text":"e\u0301"}' | mlin normalize --form none
