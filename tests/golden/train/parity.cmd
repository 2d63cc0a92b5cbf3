# aa has ten times the text: alone it gets all merges; with parity they are shared.
awk 'BEGIN {
    for (i = 0; i < 200; i++) print "{\"text\":\"abcdefgh hgfedcba\",\"lang\":\"aa\"}"
    for (i = 0; i < 20; i++) print "{\"text\":\"klmnopqr rqponmlk\",\"lang\":\"bb\"}" }' >"$T/in"
mkdir "$T/dev"
echo 'abcdefgh' >"$T/dev/aa.txt"
echo 'klmnopqr rqponmlk klmnopqr' >"$T/dev/bb.txt"
for parity in '' '--parity base' '--parity window --global-merges 2' "--parity base --dev $T/dev"; do
    mlin train --quiet -o "$T/t.json" --vocab-size 25 --initial-alphabet seen $parity "$T/in"
    sed -n '/"vocab": {/,/}/p' "$T/t.json" | tail -n 9 | head -n 8 | tr -d ' \n'
    echo
done
