const request = require('request');

const options = {
  method: 'REPORT',
  url: 'https://api.example.com/v1/pets',
  headers: {'content-type': 'application/json'},
  body: {depth: 1},
  json: true
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
