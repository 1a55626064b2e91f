import http.client
from pathlib import Path

conn = http.client.HTTPSConnection("api.example.com")

payload = Path("$x 'é` #{y} %s.bin").read_bytes()

headers = { 'content-type': "application/octet-stream" }

conn.request("POST", "/v1/upload", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
