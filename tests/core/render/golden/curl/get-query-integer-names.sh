curl --request GET \
  --url 'https://api.example.com/v1/pets?q=x&10=ten&2=two'
