mlin dedup <<'END'
{"id":1,"text":"M\u00fchle \/"}
{"id":2,"text":"Mühle /"}
{"text":"\u004d\u00fchle /","id":3}
{"id":4,"text":"Mu\u0308hle /"}
END
