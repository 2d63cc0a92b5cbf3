mlin train -o "$T/t-{size}.json" --sizes 500,300 </dev/null
