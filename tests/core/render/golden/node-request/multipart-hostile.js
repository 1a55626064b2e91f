const fs = require('fs');
const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/upload',
  headers: {
    'content-type': 'multipart/form-data; boundary=---0110000101110000011010010b048b7168c5e3420f70a2c85520ae5e65c45bae'
  },
  formData: {
    at: '@file',
    less: '<file;type=text/html',
    '=;\'%22%0D': {
      value: ' \'"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //',
      options: {contentType: 'text/plain'}
    },
    '': 'nameless',
    'é ß 汉字 😀    ﻿    é': 'one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\ré ß 汉字 😀    ﻿    é',
    boundary: '-----011000010111000001101001--',
    'a=b': {
      value: fs.createReadStream(' $x \'é`.bin '),
      options: {contentType: 'application/x; a="b,c"'}
    }
  }
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
