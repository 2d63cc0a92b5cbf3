# Old ids and merges stay in place; new ones follow.
echo '{"text":"aba aba abab"}' | mlin train --quiet -o "$T/old.json" --vocab-size 5 --initial-alphabet seen --special '<s>'
echo '{"text":"xyxy abxy"}' | mlin train --quiet -o "$T/new.json" --vocab-size 10 --initial-alphabet seen --extend "$T/old.json" --special '<s>' --special '<t>'
for t in old new; do sed -n '/"vocab": {/,$p' "$T/$t.json" | tr -d ' \n'; echo; done
