import http.client

conn = http.client.HTTPSConnection("api.example.com")

headers = { 'X-Trace': "t-1" }

conn.request("PUT", "/v1/pets/7/star", headers=headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
