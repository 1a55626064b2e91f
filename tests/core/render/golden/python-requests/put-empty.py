import requests

response = requests.put(
    "https://api.example.com/v1/pets/7/star",
    headers={"X-Trace": "t-1"},
)
print(response.text)
