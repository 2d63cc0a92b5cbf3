for b in 1 20 2M; do for u in file block line; do printf 'abc\n\nmuch too long\n\nde\n' >$T/a.txt; (cd $T; mlin read --unit $u --max-line 10 --batch $b --rejects r a.txt; cat r); done; done
