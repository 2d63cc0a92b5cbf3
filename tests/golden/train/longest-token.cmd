# abcd is made of ab and cd, which leave no room for e; 12 stays apart.
echo '{"text":"abcdeabcde abcde12 12 12"}' |
    mlin train -o "$T/t.json" --vocab-size 30 --initial-alphabet seen --max-token-length 4 --single-digits
sed -n '/"vocab": {/,/}/p' "$T/t.json"
