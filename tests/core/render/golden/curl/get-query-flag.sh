curl --request GET \
  --url 'https://api.example.com/v1/pets?archived&empty=&limit=5'
