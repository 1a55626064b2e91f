curl --request POST \
  --url https://api.example.com/v1/pets \
  --header 'content-type: text/plain; charset="utf-8"' \
  --data 'one
two
three	tab[0m'\''"\ $HOME ${x} $(id) `id` #{1+1} \(x) %s %% %@ {x} ??/ ??= \n \u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    é'
