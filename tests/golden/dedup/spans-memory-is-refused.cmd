awk 'BEGIN { for (i = 0; i < 9000; i++) { printf "{\"text\":\""
    for (j = 0; j < 100; j++) { n = i * 100 + j
        printf "%c%c%c%c%c ", 97 + n % 26, 97 + n / 26 % 26, 97 + n / 676 % 26, 97 + n / 17576 % 26, 97 + n / 456976 }
    print "\"}" } }' |
    mlin dedup --spans --memory 3M 2>&1 >/dev/null
