import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    json={"text": "one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r"},
)
print(response.text)
