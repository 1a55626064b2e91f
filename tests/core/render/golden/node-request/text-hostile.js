const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/pets',
  headers: {'content-type': 'text/plain; charset="utf-8"'},
  body: 'one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r\'"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    é'
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
