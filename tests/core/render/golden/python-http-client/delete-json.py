import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "{\"ids\":[1,2]}"

headers = { 'content-type': "application/json" }

conn.request("DELETE", "/v1/pets", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
