import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    headers={"Content-Type": "application/vnd.api+json; charset=utf-8"},
    json={"data": {"type": "pets"}},
)
print(response.text)
