import requests

response = requests.get("https://api.example.com/v1/pets")
print(response.text)
