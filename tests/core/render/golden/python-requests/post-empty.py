import requests

response = requests.post("https://api.example.com/v1/pets/7/archive")
print(response.text)
