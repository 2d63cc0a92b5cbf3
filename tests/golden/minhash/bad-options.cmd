for o in '' '-o d --name a/b' '-o d --name .x' "-o $T/d --rows 5000" "-o $T/d --preset datatrove --seed 5000000000"; do
    mlin minhash $o </dev/null 2>&1
    echo "status $?"
done
