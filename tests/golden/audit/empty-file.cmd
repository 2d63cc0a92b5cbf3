printf '' >$T/l.db; mlin audit $T/l.db
