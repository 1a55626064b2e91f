import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "{\"text\":\"one\\ntwo\\r\\nthree\\ttab\\u000b\\f\\u001b[0m\\r\"}"

headers = { 'content-type': "application/json" }

conn.request("POST", "/v1/pets", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
