curl --request GET \
  --globoff \
  --url 'http://[::1]:8080/v1/pets?ids%5B%5D=1'
