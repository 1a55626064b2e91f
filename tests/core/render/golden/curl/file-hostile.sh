curl --request POST \
  --url https://api.example.com/v1/upload \
  --header 'content-type: application/octet-stream' \
  --data-binary '@$x '\''é` #{y} %s.bin'
