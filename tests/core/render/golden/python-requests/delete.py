import requests

response = requests.delete(
    "https://api.example.com/v1/pets/7",
    headers={"If-Match": '"abc"'},
)
print(response.text)
