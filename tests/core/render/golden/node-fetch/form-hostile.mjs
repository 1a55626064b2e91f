const response = await fetch("https://api.example.com/v1/token", {
  method: "POST",
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
  body: new URLSearchParams([
    ["2", "two"],
    ["a[]", "@file"],
    ["a[]", ""],
    ["", "nameless"],
    ["'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //", "one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\ré ß 汉字 😀    ﻿    é"]
  ])
});

console.log(await response.text());
