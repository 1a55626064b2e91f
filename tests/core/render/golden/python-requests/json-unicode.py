import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    json={"text": "é ß 汉字 😀    ﻿    é", "ключ": "значение", "nul": "a\u0000b"},
)
print(response.text)
