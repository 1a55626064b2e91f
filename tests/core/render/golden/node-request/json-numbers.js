const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/pets',
  headers: {'content-type': 'application/json'},
  body: '{"big":12345678901234567890,"negative":-5,"tiny":1e-07,"huge":1e+25,"half":0.5}'
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
