import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "{\"é\":1,\"é\":2,\"text\":\"\\\\#(x) \\\\##(x)\"}"

headers = { 'content-type': "application/json" }

conn.request("POST", "/v1/pets", payload.encode("utf-8"), headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
