echo '{"text":"ab ab","lang":"aa"}' >"$T/in"
echo '{"text":"cd cd","lang":"bb"}' >>"$T/in"
mkdir "$T/dev"
mlin train --quiet -o "$T/t.json" --vocab-size 300 --parity base --dev "$T/dev" "$T/in"
