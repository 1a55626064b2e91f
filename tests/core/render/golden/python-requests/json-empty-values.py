import requests

response = requests.put(
    "https://api.example.com/v1/pets",
    json={
        "null": None,
        "false": False,
        "": "",
        "list": [],
        "map": {},
        "in": [[], {}],
    },
)
print(response.text)
