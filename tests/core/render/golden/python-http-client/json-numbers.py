import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "{\"big\":12345678901234567890,\"negative\":-5,\"tiny\":1e-07,\"huge\":1e+25,\"half\":0.5}"

headers = { 'content-type': "application/json" }

conn.request("POST", "/v1/pets", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
