curl --request POST \
  --url https://api.example.com/v1/upload \
  --header 'content-type: multipart/form-data' \
  --form-string at=@file \
  --form-string 'less=<file;type=text/html' \
  --form '=" '\''\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //";headers="Content-Disposition: form-data; name=\"=;'\''%22%0D\"";type=text/plain' \
  --form '=nameless;headers="Content-Disposition: form-data; name=\"\""' \
  --form 'é ß 汉字 😀    ﻿    é=one
two
three	tab[0mé ß 汉字 😀    ﻿    é' \
  --form boundary=-----011000010111000001101001-- \
  --form '=@" $x '\''é`.bin ";headers="Content-Disposition: form-data; name=\"a=b\"; filename=\" $x '\''é`.bin \"";headers="Content-Type: application/x; a=\"b,c\""'
