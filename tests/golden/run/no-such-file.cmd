mlin run nothing.mill
