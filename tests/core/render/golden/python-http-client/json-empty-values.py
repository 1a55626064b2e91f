import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "{\"null\":null,\"false\":false,\"\":\"\",\"list\":[],\"map\":{},\"in\":[[],{}]}"

headers = { 'content-type': "application/json" }

conn.request("PUT", "/v1/pets", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
