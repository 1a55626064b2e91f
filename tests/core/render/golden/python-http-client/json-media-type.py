import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "{\"data\":{\"type\":\"pets\"}}"

headers = { 'content-type': "application/vnd.api+json; charset=utf-8" }

conn.request("POST", "/v1/pets", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
