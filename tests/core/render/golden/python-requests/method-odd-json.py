import requests

response = requests.request(
    "REPORT",
    "https://api.example.com/v1/pets",
    json={"depth": 1},
)
print(response.text)
