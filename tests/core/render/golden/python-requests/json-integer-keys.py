import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    json={"b": 1, "10": 2, "2": 3},
)
print(response.text)
