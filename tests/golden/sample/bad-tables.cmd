exec 2>&1
try() { printf "$1" >"$T/t"; echo '{"id":1}' | mlin sample --by x --table "$T/t"; }
try 'a'
try 'a\tb\n'
try 'a\t-1\n'
try 'a\t1001\n'
try 'a\t1\na\t2\n'
try '5-9\t1\n9\t2\n'
try '9-5\t1\n'
try '*\t1\n*\t1\n'
try ''
try 'a\tnan\n'
