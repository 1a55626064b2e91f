curl --request PUT \
  --url https://api.example.com/v1/pets \
  --header 'content-type: text/xml' \
  --data '<?xml version="1.0"?>
<pet name="Rex">
  <age>3</age>
</pet>
'
