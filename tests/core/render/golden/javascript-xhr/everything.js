const data = JSON.stringify({
  "text": "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    éone\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r",
  "list": [
    null,
    false,
    0,
    -1.5,
    {}
  ]
});

const xhr = new XMLHttpRequest();
xhr.withCredentials = true;

xhr.addEventListener("readystatechange", function () {
  if (this.readyState === this.DONE) {
    console.log(this.responseText);
  }
});

xhr.open("POST", "https://api.example.com/v1/pets/7?dry-run&tag=a%20b");
xhr.setRequestHeader("cookie", "sid=abc; theme=dark");
xhr.setRequestHeader("X-Trace", "t-1");
xhr.setRequestHeader("X-Empty", "");
xhr.setRequestHeader("content-type", "application/json");

xhr.send(data);
