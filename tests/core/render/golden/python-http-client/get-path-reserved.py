import http.client

conn = http.client.HTTPSConnection("api.example.com")

conn.request("GET", "/v1/users('a@b.c')/$count;v=1/a%2Fb/:run/%C3%A9")

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
