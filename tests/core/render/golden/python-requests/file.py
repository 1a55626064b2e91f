import requests

response = requests.put(
    "https://api.example.com/v1/upload/7",
    headers={"Content-Type": "image/png"},
    data=open("photo.png", "rb"),
)
print(response.text)
