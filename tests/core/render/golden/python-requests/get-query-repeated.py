import requests

response = requests.get("https://api.example.com/v1/pets?tag=cat&tag=dog&page=2")
print(response.text)
