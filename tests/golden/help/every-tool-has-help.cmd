for t in $(mlin help | sed -n 's/^  \([a-z-]*\) .*/\1/p'); do mlin $t --help >$T/h || echo "$t: status $?"; grep -q "^usage: mlin $t" $T/h || echo "$t: no usage"; done; echo done
