const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/pets/7?dry-run&tag=a%20b',
  headers: {
    cookie: 'sid=abc; theme=dark',
    'X-Trace': 't-1',
    'X-Empty': '',
    'content-type': 'application/json'
  },
  body: {
    text: '\'"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    éone\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r',
    list: [null, false, 0, -1.5, {}]
  },
  json: true
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
