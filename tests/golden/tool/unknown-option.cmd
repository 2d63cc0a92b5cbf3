mlin dedup --treads 3 </dev/null
