# Every pair occurs once; ids follow the letters, not the text.
echo '{"text":"dc ba zy"}' |
    mlin train -o "$T/t.json" --vocab-size 11 --initial-alphabet seen
sed -n '/"merges": \[/,$p' "$T/t.json"
