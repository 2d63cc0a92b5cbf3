mlin help | grep -c '^  [a-z]' >$T/n; mlin help | sed -n '/^  run /p;/^  read /p;/^usage/p'; test $(cat $T/n) -gt 10 && echo 'and more'
