mlin train --quiet --model chars --extend x --vocab-size 300 -o "$T/t.json" /dev/null
