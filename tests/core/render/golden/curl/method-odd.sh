curl --request M-SEARCH \
  --url https://api.example.com/v1/pets
