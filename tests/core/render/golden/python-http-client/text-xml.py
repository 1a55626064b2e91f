import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "<?xml version=\"1.0\"?>\n<pet name=\"Rex\">\n  <age>3</age>\n</pet>\n"

headers = { 'content-type': "text/xml" }

conn.request("PUT", "/v1/pets", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
