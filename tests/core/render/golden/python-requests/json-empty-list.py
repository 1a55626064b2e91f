import requests

response = requests.post("https://api.example.com/v1/pets", json=[])
print(response.text)
