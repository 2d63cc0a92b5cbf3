mlin normalize --form NFKC <<'END'
{"id":1,"text":"Ｆｕｌｌ　ｗｉｄｔｈ １２３ ﾃﾞｰﾀ"}
{"id":2,"text":"x² ½ ① ㎏ ™ ⑴…"}
{"id":3,"text":"Cafe\u0301 \u00a8 \ufdfa\u00a0"}
{"id":4,"text":"Straße, Žluťoučký, Ελλάδα"}
END
