curl --request DELETE \
  --url https://api.example.com/v1/pets/7 \
  --header 'If-Match: "abc"'
