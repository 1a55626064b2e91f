import requests

response = requests.get("http://[::1]:8080/v1/pets", params={"ids[]": "1"})
print(response.text)
