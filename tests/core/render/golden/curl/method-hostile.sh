curl --request 'IT'\''S$`!' \
  --url https://api.example.com/v1/pets
