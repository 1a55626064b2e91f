import requests

response = requests.post(
    "https://api.example.com/v1/upload",
    files=[("title", (None, "string")), ("meta", (None, '{"k":0}'))],
)
print(response.text)
