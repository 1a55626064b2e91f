curl --request POST \
  --url https://api.example.com/v1/pets \
  --header 'content-type: application/json' \
  --data '{"text":"one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r"}'
