exec 2>&1
try() { mlin sample "$@" /dev/null; }
try
try --rate 1 --table x
try --rate 1001
try --table x
try --rate 1 --by x
try --rate 1 --smooth
try --rate 1 --budget 5
try --by x --sizes /dev/null
try --by x --sizes y --budget 5 --temperature -1
try --by x --sizes y --budget 5 --max-rate 0
