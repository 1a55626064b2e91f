curl --request POST \
  --url https://api.example.com/v1/pets \
  --header 'content-type: application/json' \
  --data '{"text":"é ß 汉字 😀    ﻿    é","ключ":"значение","nul":"a\u0000b"}'
