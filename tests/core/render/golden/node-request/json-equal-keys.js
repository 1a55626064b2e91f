const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/pets',
  headers: {'content-type': 'application/json'},
  body: {'é': 1, 'é': 2, text: '\\#(x) \\##(x)'},
  json: true
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
