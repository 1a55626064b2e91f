import requests

response = requests.put(
    "https://api.example.com/v1/pets",
    headers={"Content-Type": "text/xml"},
    data='<?xml version="1.0"?>\n<pet name="Rex">\n  <age>3</age>\n</pet>\n',
)
print(response.text)
