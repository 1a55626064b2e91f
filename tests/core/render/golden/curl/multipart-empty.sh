curl --request POST \
  --url https://api.example.com/v1/upload \
  --header 'content-type: multipart/form-data; boundary=---011000010111000001101001' \
  --data '-----011000010111000001101001--
'
