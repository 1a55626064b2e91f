const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/pets',
  headers: {'content-type': 'application/json'},
  body: '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{}]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]'
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
