import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = ""

headers = { 'content-type': "application/x-www-form-urlencoded" }

conn.request("POST", "/v1/token", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
