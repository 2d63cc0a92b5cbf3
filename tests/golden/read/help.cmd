mlin read --help
