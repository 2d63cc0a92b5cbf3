mlin run --help
