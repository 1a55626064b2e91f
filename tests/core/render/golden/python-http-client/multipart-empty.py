import http.client

conn = http.client.HTTPSConnection("api.example.com")

payload = "-----011000010111000001101001--\r\n"

headers = { 'content-type': "multipart/form-data; boundary=---011000010111000001101001" }

conn.request("POST", "/v1/upload", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
