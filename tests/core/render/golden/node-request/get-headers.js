const request = require('request');

const options = {
  method: 'GET',
  url: 'https://api.example.com/v1/pets',
  headers: {
    accept: 'application/json, text/plain;q=0.5',
    Authorization: 'Bearer REPLACE_token',
    'X-Empty': '',
    'A-Last': '1'
  }
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
