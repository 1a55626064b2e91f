import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    headers={"Authorization": "Bearer REPLACE_token"},
    json={
        "name": "string",
        "age": 0,
        "weight": 0.1,
        "ok": True,
        "tags": ["string"],
        "owner": {"email": "user@example.com", "phones": [{"kind": "home", "number": "1"}]},
    },
)
print(response.text)
