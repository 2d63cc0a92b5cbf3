mlin encode --tokenizer tests/data/tok300.json --format megatron,datatrove,ids \
    --out "$T/{lang}" <<'END'
{"text":"der Bach","lang":"deu_Latn"}
{"text":"řeka","lang":"ces_Latn"}
{"text":"?"}
{"text":"die Mühle","lang":"deu_Latn"}
{"text":"up and away","lang":"../../up/é"}
END
cd "$T"
for file in $(find . -type f | sort); do
    echo "$file"
    case $file in
        *.jsonl | *.metadata) cat "$file"; echo ;;
        # The size of what is packed depends on the library.
        *.json) sed 's/{"name":"[^"]*.gz",[^}]*},//' "$file" ;;
        *.gz) gzip -dc "$file" | tr -d '\r' ;;
        *) od -An -v -tx1 "$file" ;;
    esac
done
