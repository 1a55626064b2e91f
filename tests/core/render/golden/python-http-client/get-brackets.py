import http.client

conn = http.client.HTTPConnection("[::1]:8080")

conn.request("GET", "/v1/pets?ids%5B%5D=1")

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
