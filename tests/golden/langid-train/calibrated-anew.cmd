set -- --row-bits 11 --word-bits 9 --quick-bits 10 --samples 20000
mlin langid-train -o "$T/whole.lid" "$@" --calibrate corpora/tiny corpora/tiny
mlin langid-train -o "$T/raw.lid" "$@" corpora/tiny
mlin langid-train -o "$T/anew.lid" --weights "$T/raw.lid" --calibrate corpora/tiny
cmp "$T/whole.lid" "$T/anew.lid" && echo the same
mlin langid-train -o "$T/again.lid" --weights "$T/anew.lid" --calibrate corpora/tiny
cmp "$T/whole.lid" "$T/again.lid" && echo the same
cmp -s "$T/whole.lid" "$T/raw.lid" || echo but not without calibration
mlin langid-train -o "$T/x.lid" --weights "$T/raw.lid" corpora/tiny || echo "status $?"
mlin langid-train -o "$T/x.lid" --weights corpora/tiny/README.md --calibrate corpora/tiny || echo "status $?"
