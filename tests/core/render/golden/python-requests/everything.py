import requests

response = requests.post(
    "https://api.example.com/v1/pets/7?dry-run&tag=a%20b",
    cookies={"sid": "abc", "theme": "dark"},
    headers={"X-Trace": "t-1", "X-Empty": ""},
    json={
        "text": "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    éone\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r",
        "list": [None, False, 0, -1.5, {}],
    },
)
print(response.text)
