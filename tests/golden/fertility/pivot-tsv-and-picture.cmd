# The picture is XML, and nothing in it is fetched.
printf 'the mill\nthe river\n' >"$T/eng_Latn.txt"
printf 'mlýn a řeka\nřeka\n' >"$T/ces_Latn.txt"
printf 'μύλος\nποταμός\n' >"$T/ell_Grek.txt"
mlin fertility --tokenizer tests/data/tok300.json --pivot eng_Latn --format tsv --svg "$T/p.svg" "$T"
python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$T/p.svg"
sed 's|http://www.w3.org/2000/svg||' "$T/p.svg" | grep -e http -e url -e @import
cat "$T/p.svg"
