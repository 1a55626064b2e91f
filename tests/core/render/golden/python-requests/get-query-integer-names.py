import requests

response = requests.get(
    "https://api.example.com/v1/pets",
    params={"q": "x", "10": "ten", "2": "two"},
)
print(response.text)
