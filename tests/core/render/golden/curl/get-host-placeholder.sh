curl --request GET \
  --globoff \
  --url 'https://{region}.example.com/v1/pets'
