for o in '--unit word' '--jaccard 1.5' '--near --bands 0' '--near --ngram 65' '--preset x' '--preset datatrove --chars' --mark '--spans --near' '--spans --unit line' '--spans --span-words 15'; do
    mlin dedup $o </dev/null 2>&1; echo "status $?"
done
