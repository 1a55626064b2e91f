import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "{\"text\":\"'\\\"\\\\ $HOME ${x} $(id) `id` #{1+1} \\\\(x) %s %% %@ {x} ??/ ??= \\\\n \\\\u0041 <b>&amp; */ //\",\"'\\\"\\\\ $HOME ${x} $(id) `id` #{1+1} \\\\(x) %s %% %@ {x} ??/ ??= \\\\n \\\\u0041 <b>&amp; */ //\":\"key\",\"$where\":\"pa$$word\"}"

headers = { 'content-type': "application/json" }

conn.request("POST", "/v1/pets", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
