curl --request OPTIONS \
  --url https://api.example.com/v1/pets
