mlin decontaminate --help
