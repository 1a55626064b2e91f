import requests

response = requests.post(
    "https://api.example.com/v1/notes?*/",
    headers={"Accept": "*/*", "Content-Type": "text/plain"},
    data='/* a // b */ "/*',
)
print(response.text)
