import requests

response = requests.get(
    "https://api.example.com/v1/users('a@b.c')/$count;v=1/a%2Fb/:run/%C3%A9",
)
print(response.text)
