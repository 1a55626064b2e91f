import http.client

conn = http.client.HTTPSConnection("api.example.com")

conn.request("GET", "/v1/pets?archived&empty=&limit=5")

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
