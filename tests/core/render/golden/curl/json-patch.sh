curl --request PATCH \
  --url 'https://api.example.com/v1/pets/7?notify=true' \
  --header 'content-type: application/json-patch+json' \
  --cookie sid=abc \
  --data '[{"op":"replace","path":"/name","value":null}]'
