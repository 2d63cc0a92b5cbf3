mlin train -o "$T/t.json" --sizes 300,500 </dev/null
