seq 1 3000 | sed 's/.*/{"id":"&","meta":{"src":"web"}}/' >"$T/in"
seq 1 100 | sed 's/.*/{"id":"b&","meta":{"src":"books"}}/' >>"$T/in"
printf 'web\t3000\nbooks\t100\n' >"$T/sizes"
for how in '--budget 310' '--budget 310 --temperature 0' '--budget 620 --temperature 0 --max-rate 4' '--budget 4000'; do
    mlin sample --by meta.src --sizes "$T/sizes" $how "$T/in" >"$T/out"
    echo "$how: web $(grep -c web "$T/out") books $(grep -c books "$T/out")"
done
