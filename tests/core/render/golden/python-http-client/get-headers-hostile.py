import http.client

conn = http.client.HTTPSConnection("api.example.com")

headers = {
    'X-Hostile': "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //",
    'X-Tab': "a\tb  c",
    'X-At': "@file",
    'X-Semicolon': "a; b=\"c, d\";",
    '!#$%&\'*+-.^_`|~9': "every token character"
    }

conn.request("GET", "/v1/pets", headers=headers)

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))
