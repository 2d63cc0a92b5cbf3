mlin langid --model $T/none.lid </dev/null
