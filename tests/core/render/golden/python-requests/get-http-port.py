import requests

response = requests.get("http://localhost:8080/health", params={"verbose": "true"})
print(response.text)
