sed 's/"post_processor": null/"post_processor": {"type": "TemplateProcessing"}/
     s/"padding": null/"padding": {"strategy": "BatchLongest"}/' \
    tests/data/tok300.json >"$T/template.json"
echo '{"text":"a"}' | mlin encode --format ids --tokenizer "$T/template.json"
