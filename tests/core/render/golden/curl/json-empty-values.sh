curl --request PUT \
  --url https://api.example.com/v1/pets \
  --header 'content-type: application/json' \
  --data '{"null":null,"false":false,"":"","list":[],"map":{},"in":[[],{}]}'
