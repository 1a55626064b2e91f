const request = require('request');

const options = {
  method: 'DELETE',
  url: 'https://api.example.com/v1/pets',
  headers: {'content-type': 'application/json'},
  body: {ids: [1, 2]},
  json: true
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
