curl --request PUT \
  --url https://api.example.com/v1/pets/7/star \
  --header 'X-Trace: t-1'
