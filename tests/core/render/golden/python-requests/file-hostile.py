import requests

response = requests.post(
    "https://api.example.com/v1/upload",
    headers={"Content-Type": "application/octet-stream"},
    data=open("$x 'é` #{y} %s.bin", "rb"),
)
print(response.text)
