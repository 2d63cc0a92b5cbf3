for o in '--threads x' '--threads -1' '--batch 1X' '--batch' '--quiet=yes' '--max-line 99999999999999999999'; do mlin run $o read </dev/null; echo $?; done
