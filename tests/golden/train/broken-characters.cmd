# The first two bytes of a euro sign are a step to it; or there is no euro sign.
echo '{"text":"é€ é€ é€é"}' >"$T/in"
for rule in --utf8-steps --utf8-safe; do
    mlin train -o "$T/t.json" --vocab-size 30 --initial-alphabet seen $rule "$T/in"
    sed -n '/"vocab": {/,/}/p' "$T/t.json"
done
