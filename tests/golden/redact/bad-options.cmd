exec 2>&1
mlin redact --types mail /dev/null
mlin redact --mode hide /dev/null
mlin redact --mode pseudonym /dev/null
mlin redact --key-file x /dev/null
echo short >"$T/key"
mlin redact --mode pseudonym --key-file "$T/key" /dev/null
mlin redact --mode pseudonym --key-file "$T/none" /dev/null
