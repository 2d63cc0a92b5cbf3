mlin langid-train -o $T/a.lid $T/none
