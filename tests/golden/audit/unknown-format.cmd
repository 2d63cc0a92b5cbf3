mlin audit --format xml $T/l.db
