import http.client
from pathlib import Path

conn = http.client.HTTPSConnection("api.example.com")

payload = (
    "-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nRex\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"rex.png\"\r\n\r\n".encode("utf-8")
    + Path("rex.png").read_bytes()
    + "\r\n-----011000010111000001101001--\r\n".encode("utf-8")
)

headers = {
    'X-Trace': "t-1",
    'content-type': "multipart/form-data; boundary=---011000010111000001101001"
    }

conn.request("POST", "/v1/upload", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
