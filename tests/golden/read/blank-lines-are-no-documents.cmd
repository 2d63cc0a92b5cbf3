printf '\n \t\r\n\n' | mlin read && echo good
