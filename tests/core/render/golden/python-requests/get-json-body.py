import requests

response = requests.get(
    "https://api.example.com/v1/pets",
    json={"query": {"name": "Rex"}},
)
print(response.text)
