printf '%s\n' '{"text":"Vlak odjíždí později, protože sněžilo."}' '{"text":"2 + 2"}' | mlin langid --explain | sed 's/.*,"lang_why"/"lang_why"/; s/"counter".*//; s/[0-9]\.[0-9][0-9]/N/g'
