import requests

response = requests.options("https://api.example.com/v1/pets")
print(response.text)
