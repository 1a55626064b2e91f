import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    headers={"Content-Type": "text/plain"},
    data="",
)
print(response.text)
