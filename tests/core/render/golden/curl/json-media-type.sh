curl --request POST \
  --url https://api.example.com/v1/pets \
  --header 'content-type: application/vnd.api+json; charset=utf-8' \
  --data '{"data":{"type":"pets"}}'
