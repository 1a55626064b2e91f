import http.client
from pathlib import Path

conn = http.client.HTTPSConnection("api.example.com")

payload = (
    "-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{\"k\":\"a;b, c\"}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"photos/my rex.png\"\r\nContent-Type: image/png\r\n\r\n".encode("utf-8")
    + Path("photos/my rex.png").read_bytes()
    + "\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"second.png\"\r\nContent-Type: image/png\r\n\r\n".encode("utf-8")
    + Path("second.png").read_bytes()
    + "\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nlast\r\n-----011000010111000001101001--\r\n".encode("utf-8")
)

headers = { 'content-type': "multipart/form-data; boundary=---011000010111000001101001" }

conn.request("POST", "/v1/upload", payload, headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
