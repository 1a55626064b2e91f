import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    é"

headers = { 'content-type': "text/plain; charset=\"utf-8\"" }

conn.request("POST", "/v1/pets", payload.encode("utf-8"), headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
