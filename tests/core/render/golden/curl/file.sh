curl --request PUT \
  --url https://api.example.com/v1/upload/7 \
  --header 'content-type: image/png' \
  --data-binary @photo.png
