echo 'this is text and no database at all' >$T/l.db; mlin audit $T/l.db
