import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "{\"text\":\"'\\\"\\\\ $HOME ${x} $(id) `id` #{1+1} \\\\(x) %s %% %@ {x} ??/ ??= \\\\n \\\\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    éone\\ntwo\\r\\nthree\\ttab\\u000b\\f\\u001b[0m\\r\",\"list\":[null,false,0,-1.5,{}]}"

headers = {
    'cookie': "sid=abc; theme=dark",
    'X-Trace': "t-1",
    'X-Empty': "",
    'content-type': "application/json"
    }

conn.request("POST", "/v1/pets/7?dry-run&tag=a%20b", payload.encode("utf-8"), headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
