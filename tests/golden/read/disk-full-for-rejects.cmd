echo 'x' | mlin read --rejects /dev/full
