import requests

response = requests.post(
    "https://api.example.com/v1/upload",
    headers={"Content-Type": "multipart/mixed; boundary=---011000010111000001101001"},
    data='-----011000010111000001101001\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name="data"; filename="data.csv"\r\n\r\n'.encode("utf-8") + open("data.csv", "rb").read() + "\r\n-----011000010111000001101001--\r\n".encode("utf-8"),
)
print(response.text)
