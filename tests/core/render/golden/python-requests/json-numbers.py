import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    json={
        "big": 12345678901234567890,
        "negative": -5,
        "tiny": 1e-07,
        "huge": 1e+25,
        "half": 0.5,
    },
)
print(response.text)
