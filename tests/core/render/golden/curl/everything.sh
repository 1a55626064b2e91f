curl --request POST \
  --url 'https://api.example.com/v1/pets/7?dry-run&tag=a%20b' \
  --header 'X-Empty;' \
  --header 'X-Trace: t-1' \
  --header 'content-type: application/json' \
  --cookie 'sid=abc; theme=dark' \
  --data '{"text":"'\''\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    éone\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r","list":[null,false,0,-1.5,{}]}'
