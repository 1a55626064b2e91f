curl --request GET \
  --url 'https://api.example.com/v1/pets?tag=cat&tag=dog&page=2'
