import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    json={"é": 1, "é": 2, "text": "\\#(x) \\##(x)"},
)
print(response.text)
