mlin audit $T/none.db
