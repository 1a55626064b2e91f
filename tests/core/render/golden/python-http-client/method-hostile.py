import http.client

conn = http.client.HTTPSConnection("api.example.com")

conn.request("IT'S$`!", "/v1/pets")

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
