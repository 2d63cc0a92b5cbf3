mlin help langdi
