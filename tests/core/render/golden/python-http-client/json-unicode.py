import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "{\"text\":\"é ß 汉字 😀    ﻿    é\",\"ключ\":\"значение\",\"nul\":\"a\\u0000b\"}"

headers = { 'content-type': "application/json" }

conn.request("POST", "/v1/pets", payload.encode("utf-8"), headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
