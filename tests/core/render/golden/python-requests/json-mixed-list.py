import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    json=[1, "a", None, True, [2.5]],
)
print(response.text)
