curl --request POST \
  --url https://api.example.com/v1/upload \
  --header 'content-type: multipart/form-data' \
  --form 'meta="{\"k\":\"a;b, c\"}";type=application/json; charset=utf-8' \
  --form 'photo=@photos/my rex.png;type=image/png' \
  --form 'photo=@second.png;type=image/png' \
  --form note=last
