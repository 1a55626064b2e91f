import requests

response = requests.request("M-SEARCH", "https://api.example.com/v1/pets")
print(response.text)
