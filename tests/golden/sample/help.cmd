mlin sample --help | head -n 16
