import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "{\"name\":\"string\",\"age\":0,\"weight\":0.1,\"ok\":true,\"tags\":[\"string\"],\"owner\":{\"email\":\"user@example.com\",\"phones\":[{\"kind\":\"home\",\"number\":\"1\"}]}}"

headers = {
    'Authorization': "Bearer REPLACE_token",
    'content-type': "application/json"
    }

conn.request("POST", "/v1/pets", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
