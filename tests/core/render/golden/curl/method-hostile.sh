curl --request 'it'\''s$`!' \
  --url https://api.example.com/v1/pets
