import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "/* a // b */ \"/*"

headers = {
    'Accept': "*/*",
    'content-type': "text/plain"
    }

conn.request("POST", "/v1/notes?*/", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
