import http.client

conn = http.client.HTTPSConnection("api.example.com")

headers = { 'cookie': "a$b='\"\\$HOME #{x} \\(x) %s `id`; c=d=e=f" }

conn.request("GET", "/v1/pets", headers=headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
