mlin langid-eval $T/none
