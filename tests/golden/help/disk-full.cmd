mlin help >/dev/full
