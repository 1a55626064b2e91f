import http.client
from pathlib import Path

conn = http.client.HTTPSConnection("api.example.com")

payload = Path("photo.png").read_bytes()

headers = { 'content-type': "image/png" }

conn.request("PUT", "/v1/upload/7", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
