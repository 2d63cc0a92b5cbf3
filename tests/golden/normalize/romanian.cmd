mlin normalize <<'END'
{"lang":"ron_Latn","text":"Ştiinţa şi Ţara, s\u0327i t\u0327"}
{"lang":"mol","text":"şi"}
{"lang":"tur_Latn","text":"şeker, s\u0327"}
{"text":"şi"}
{"lang":["ron_Latn","eng_Latn"],"text":"şi"}
END
