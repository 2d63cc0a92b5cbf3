echo x >$T/a.dat; mlin read $T/a.dat
