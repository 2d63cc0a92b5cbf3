mlin --version | head -n 1
