mlin langdi
