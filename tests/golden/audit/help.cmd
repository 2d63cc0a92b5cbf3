mlin audit --help
