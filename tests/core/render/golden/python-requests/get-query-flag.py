import requests

response = requests.get("https://api.example.com/v1/pets?archived&empty=&limit=5")
print(response.text)
