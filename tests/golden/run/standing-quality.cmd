echo '{"text":"Guten Morgen","id":1,"quality":{"old":1},"source":"s"}' >$T/a; mlin quality --annotate <$T/a; echo $?; mlin quality --annotate --replace <$T/a
