import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    headers={"Content-Type": "application/json"},
    data="[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{}]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
)
print(response.text)
