printf 'prva\nspat\377na\n' | mlin train --lines -o "$T/t.json" --vocab-size 300
