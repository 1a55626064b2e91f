const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/pets',
  headers: {'content-type': 'application/json'},
  body: {text: 'one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r'},
  json: true
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
