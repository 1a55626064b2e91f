curl --request POST \
  --url https://api.example.com/v1/pets \
  --header 'content-type: application/json' \
  --data '{"é":1,"é":2,"text":"\\#(x) \\##(x)"}'
