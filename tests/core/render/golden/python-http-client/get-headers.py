import http.client

conn = http.client.HTTPSConnection("api.example.com")

headers = {
    'accept': "application/json, text/plain;q=0.5",
    'Authorization': "Bearer REPLACE_token",
    'X-Empty': "",
    'A-Last': "1"
    }

conn.request("GET", "/v1/pets", headers=headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
