import requests

response = requests.get(
    "https://api.example.com/v1/pets",
    params={"filter[name]": "Rex", "at": "é€"},
)
print(response.text)
