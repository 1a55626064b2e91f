import http.client

conn = http.client.HTTPSConnection("api.example.com")

headers = {
    'cookie': "sid=SOME_STRING_VALUE; lang=en%20us; empty=",
    'X-Trace': "t-1"
    }

conn.request("GET", "/v1/me", headers=headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
