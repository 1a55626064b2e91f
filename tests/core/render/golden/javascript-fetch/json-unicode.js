const response = await fetch("https://api.example.com/v1/pets", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ text: "é ß 汉字 😀    ﻿    é", "ключ": "значение", nul: "a\u0000b" })
});

console.log(await response.text());
