import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "{\"depth\":1}"

headers = { 'content-type': "application/json" }

conn.request("REPORT", "/v1/pets", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
