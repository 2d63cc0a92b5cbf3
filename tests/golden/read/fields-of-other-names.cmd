printf '%s\n' '{"meta":{"body":"a\u0062c","n":1},"warc_id":7,"u":"http://e.org"}' | mlin read --text-field meta.body --id-field warc_id --url-field u
