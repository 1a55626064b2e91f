curl --request POST \
  --url https://api.example.com/v1/token \
  --header 'content-type: application/x-www-form-urlencoded' \
  --data user=user%40example.com \
  --data 'scope=read+write'
