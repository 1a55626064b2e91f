import requests

response = requests.post(
    "https://api.example.com/v1/token",
    headers={"Content-Type": "application/x-www-form-urlencoded"},
    data="",
)
print(response.text)
