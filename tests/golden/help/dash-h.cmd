mlin -h | head -n 1; mlin --help | head -n 1; mlin dedup -h | head -n 1
