for o in '--unit word' '--jaccard 1.5' '--near --bands 0' '--near --ngram 65' '--preset x' '--preset datatrove --chars' --mark; do
    mlin dedup $o </dev/null 2>&1; echo "status $?"
done
