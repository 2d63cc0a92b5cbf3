mlin read --format
