import http.client

conn = http.client.HTTPSConnection("api.example.com")

conn.request("GET", "/v1/pets?path=/a/b:c&list=1,2;3&mail=a@b.c&slash=a%2Fb&plus=1+2%2B3&bytes=%FF&'!*()=~")

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
