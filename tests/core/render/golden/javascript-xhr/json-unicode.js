const data = JSON.stringify({
  "text": "é ß 汉字 😀    ﻿    é",
  "ключ": "значение",
  "nul": "a\u0000b"
});

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("POST", "https://api.example.com/v1/pets");
xhr.setRequestHeader("content-type", "application/json");

xhr.send(data);
