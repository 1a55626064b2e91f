curl --request POST \
  --url https://api.example.com/v1/upload \
  --header 'X-Trace: t-1' \
  --header 'content-type: multipart/form-data' \
  --form title=Rex \
  --form photo=@rex.png
