curl --request POST \
  --url https://api.example.com/v1/pets \
  --header 'content-type: application/json' \
  --data '{"big":12345678901234567890,"negative":-5,"tiny":1e-07,"huge":1e+25,"half":0.5}'
