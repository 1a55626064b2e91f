const response = await fetch("https://api.example.com/v1/pets/7?dry-run&tag=a%20b", {
  method: "POST",
  headers: {
    Cookie: "sid=abc; theme=dark",
    "X-Trace": "t-1",
    "X-Empty": "",
    "Content-Type": "application/json"
  },
  body: JSON.stringify({
    text: "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    éone\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r",
    list: [null, false, 0, -1.5, {}]
  })
});

console.log(await response.text());
