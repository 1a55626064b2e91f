curl --request GET \
  --url https://api.example.com/v1/pets \
  --header 'A-Last: 1' \
  --header 'Authorization: Bearer REPLACE_token' \
  --header 'X-Empty;' \
  --header 'accept: application/json, text/plain;q=0.5'
