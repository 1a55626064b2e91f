import requests

response = requests.post(
    "https://api.example.com/v1/upload",
    files=[
        ("meta", (None, '{"k":"a;b, c"}', "application/json; charset=utf-8")),
        ("photo", ("photos/my rex.png", open("photos/my rex.png", "rb"), "image/png")),
        ("photo", ("second.png", open("second.png", "rb"), "image/png")),
        ("note", (None, "last")),
    ],
)
print(response.text)
