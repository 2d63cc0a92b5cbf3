mlin dedup <<'END'
{"id":1,"text":"aus eins"}
{"id":2,"text":"mach zwei"}
{"id":3,"text":"aus eins"}
{"id":4,"text":"Aus eins"}
{"id":5,"text":"mach zwei","x":0}
END
