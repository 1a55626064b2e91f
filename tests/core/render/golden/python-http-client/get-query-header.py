import http.client

conn = http.client.HTTPSConnection("api.example.com")

headers = { 'X-Trace': "SOME_STRING_VALUE" }

conn.request("GET", "/v1/pets/%7BpetId%7D?limit=SOME_INTEGER_VALUE&tag=a%20b%26c&sort=name", headers=headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
