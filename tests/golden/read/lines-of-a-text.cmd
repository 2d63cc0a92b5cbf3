printf 'eins\n\nzwei\r\ndrei' >$T/a.md; cd $T && mlin read --unit line a.md
