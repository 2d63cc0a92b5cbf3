mlin decontaminate /dev/null
