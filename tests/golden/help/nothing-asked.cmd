mlin | head -n 1; mlin >/dev/null
