mlin normalize <<'END'
{"id":"soft hyphen","text":"Don\u00adau\u00addampf\u00adschiff"}
{"id":"controls","text":"\ufeffA\u0000B\u0007C\u007fD\u0090E\u2060F"}
{"id":"joiners between Latin letters","text":"fl\u200cie\u200bß\u200den"}
{"id":"joiners that are needed","text":"می\u200cخواهم क्\u200dष 👩\u200d🌾"}
{"id":"directions stay","text":"\u200fשלום\u200e (12)"}
{"id":"directions go","text":"\u202eabc\u202c \u200e(12)\u200f \u061c٣ \u2067x\u2069"}
END
