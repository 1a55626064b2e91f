curl --head \
  --url https://api.example.com/v1/pets
