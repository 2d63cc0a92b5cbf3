printf '%s\n' '{"quality":7,"text":"x"}' >"$T/in"
mlin quality --signals --annotate "$T/in" >/dev/null
echo "status $?"
mlin quality --signals --annotate --replace "$T/in" | cut -c 1-40
