printf '%s\n' '{"text":"eins"}' '{}' '' '{"id":"given","text":"zwei"}' | sed 2d | mlin read
