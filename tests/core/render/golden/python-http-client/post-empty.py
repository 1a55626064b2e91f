import http.client

conn = http.client.HTTPSConnection("api.example.com")

conn.request("POST", "/v1/pets/7/archive")

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
