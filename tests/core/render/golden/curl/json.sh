curl --request POST \
  --url https://api.example.com/v1/pets \
  --header 'Authorization: Bearer REPLACE_token' \
  --header 'content-type: application/json' \
  --data '{"name":"string","age":0,"weight":0.1,"ok":true,"tags":["string"],"owner":{"email":"user@example.com","phones":[{"kind":"home","number":"1"}]}}'
