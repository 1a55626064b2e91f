import requests

response = requests.request("IT'S$`!", "https://api.example.com/v1/pets")
print(response.text)
