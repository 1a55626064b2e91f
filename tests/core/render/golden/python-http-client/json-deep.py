import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{}]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"

headers = { 'content-type': "application/json" }

conn.request("POST", "/v1/pets", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
