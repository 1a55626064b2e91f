import requests

response = requests.head("https://api.example.com/v1/pets")
print(response.text)
