import requests

response = requests.request("it's$`!", "https://api.example.com/v1/pets")
print(response.text)
