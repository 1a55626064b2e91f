import http.client

conn = http.client.HTTPSConnection("api.example.com")

conn.request("GET", "/v1/pets?filter%5Bname%5D=Rex&at=%C3%A9%E2%82%AC")

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
