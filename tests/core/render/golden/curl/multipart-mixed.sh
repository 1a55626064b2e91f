curl --request POST \
  --url https://api.example.com/v1/upload \
  --header 'content-type: multipart/mixed' \
  --form 'meta={};type=application/json' \
  --form data=@data.csv
