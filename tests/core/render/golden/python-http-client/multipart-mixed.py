import http.client
from pathlib import Path

conn = http.client.HTTPSConnection("api.example.com")

payload = (
    "-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"data\"; filename=\"data.csv\"\r\n\r\n".encode("utf-8")
    + Path("data.csv").read_bytes()
    + "\r\n-----011000010111000001101001--\r\n".encode("utf-8")
)

headers = { 'content-type': "multipart/mixed; boundary=---011000010111000001101001" }

conn.request("POST", "/v1/upload", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
