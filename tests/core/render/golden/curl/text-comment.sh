curl --request POST \
  --url 'https://api.example.com/v1/notes?*/' \
  --header 'Accept: */*' \
  --header 'content-type: text/plain' \
  --data '/* a // b */ "/*'
