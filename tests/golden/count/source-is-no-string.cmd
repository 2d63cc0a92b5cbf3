echo '{"text":"un","corpus":7}' | mlin count --source-field corpus -o "$T/a.cnt"
