mlin train --quiet --model words --vocab-size 300 -o "$T/t.json" /dev/null
