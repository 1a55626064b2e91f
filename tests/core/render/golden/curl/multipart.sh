curl --request POST \
  --url https://api.example.com/v1/upload \
  --header 'content-type: multipart/form-data' \
  --form title=string \
  --form 'meta={"k":0}'
