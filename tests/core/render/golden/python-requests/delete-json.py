import requests

response = requests.delete("https://api.example.com/v1/pets", json={"ids": [1, 2]})
print(response.text)
