import requests

response = requests.post(
    "https://api.example.com/v1/pets",
    json={
        "text": "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //",
        "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //": "key",
        "$where": "pa$$word",
    },
)
print(response.text)
