echo 'not a model' >$T/m; mlin langid --model $T/m </dev/null
