curl --request POST \
  --url https://api.example.com/v1/pets \
  --header 'content-type: application/json' \
  --data '{"b":1,"10":2,"2":3}'
