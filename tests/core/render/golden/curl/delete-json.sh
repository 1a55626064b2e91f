curl --request DELETE \
  --url https://api.example.com/v1/pets \
  --header 'content-type: application/json' \
  --data '{"ids":[1,2]}'
