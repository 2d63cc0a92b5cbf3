mlin normalize <<'END'
{ "id" : 12345678901234567890, "text":"Stra\u00dfe\n\n\"Zw\u00f6lf\" \/ 1.50" , "x":1e3 }
END
