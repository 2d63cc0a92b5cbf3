mlin normalize <<'END'
{"id":1,"text":"PÅ™Ã­liÅ¡ Å¾lutÃ½"}
{"id":2,"text":"РџСЂРёРІРµС‚, РјРёСЂ"}
{"id":3,"text":"Рёбра и её ёлка"}
{"id":4,"text":"CafÃƒÂ© et thÃƒÂ©, NoÃƒÂ«l"}
END
mlin normalize --keep-mojibake <<'END'
{"id":5,"text":"CafÃ© et thÃ©"}
END
