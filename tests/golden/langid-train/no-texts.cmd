mkdir $T/d; mlin langid-train -o $T/a.lid $T/d
