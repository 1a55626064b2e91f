import http.client

conn = http.client.HTTPSConnection("api.example.com")

headers = { 'If-Match': "\"abc\"" }

conn.request("DELETE", "/v1/pets/7", headers=headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
