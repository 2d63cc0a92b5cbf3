mlin help audit version
