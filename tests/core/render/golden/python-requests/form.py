import requests

response = requests.post(
    "https://api.example.com/v1/token",
    data={"user": "user@example.com", "scope": "read write"},
)
print(response.text)
