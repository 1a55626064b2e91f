import requests

response = requests.post(
    "https://api.example.com/v1/upload",
    files=[
        ("at", (None, "@file")),
        ("less", (None, "<file;type=text/html")),
        ("=;'%22%0D", (None, " '\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //", "text/plain")),
        ("", (None, "nameless")),
        ("é ß 汉字 😀    ﻿    é", (None, "one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\ré ß 汉字 😀    ﻿    é")),
        ("boundary", (None, "-----011000010111000001101001--")),
        ("a=b", (" $x 'é`.bin ", open(" $x 'é`.bin ", "rb"), 'application/x; a="b,c"')),
    ],
)
print(response.text)
