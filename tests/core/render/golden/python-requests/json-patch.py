import requests

response = requests.patch(
    "https://api.example.com/v1/pets/7",
    params={"notify": "true"},
    cookies={"sid": "abc"},
    headers={"Content-Type": "application/json-patch+json"},
    json=[{"op": "replace", "path": "/name", "value": None}],
)
print(response.text)
