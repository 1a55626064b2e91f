import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":null}]"

headers = {
    'cookie': "sid=abc",
    'content-type': "application/json-patch+json"
    }

conn.request("PATCH", "/v1/pets/7?notify=true", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
