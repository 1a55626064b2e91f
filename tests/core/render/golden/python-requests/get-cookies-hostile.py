import requests

response = requests.get(
    "https://api.example.com/v1/pets",
    cookies={"a$b": "'\"\\$HOME #{x} \\(x) %s `id`", "c": "d=e=f"},
)
print(response.text)
