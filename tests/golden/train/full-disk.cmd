echo '{"text":"a b"}' | mlin train -o /dev/full --vocab-size 260
