echo '{"text":"Guten Morgen","id":1,"quality":{"old":1},"source":"s"}' >$T/a; mlin quality --annotate --signals <$T/a; echo $?; mlin quality --annotate --signals --replace <$T/a
