import http.client

conn = http.client.HTTPConnection("localhost:8080")

conn.request("GET", "/health?verbose=true")

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
