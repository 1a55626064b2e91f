const request = require('request');

const options = {method: 'GET', url: 'https://api.example.com/v1/pets?tag=cat&tag=dog&page=2'};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
