import requests

response = requests.get("https://{region}.example.com/v1/pets")
print(response.text)
