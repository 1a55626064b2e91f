import requests

response = requests.get(
    "https://api.example.com/v1/me",
    cookies={"sid": "SOME_STRING_VALUE", "lang": "en%20us", "empty": ""},
    headers={"X-Trace": "t-1"},
)
print(response.text)
