awk 'BEGIN { for (i = 0; i < 70000; i++)
    printf "{\"text\":\"%c%c%c%c\"}\n", 97 + i % 26, 97 + i / 26 % 26,
        97 + i / 676 % 26, 97 + i / 17576 }' |
    mlin dedup --near --memory 8M 2>&1 >/dev/null
