mlin run
