import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    headers={"Content-Type": 'text/plain; charset="utf-8"'},
    data="one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    é".encode("utf-8"),
)
print(response.text)
