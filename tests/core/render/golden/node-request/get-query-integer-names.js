const request = require('request');

const options = {method: 'GET', url: 'https://api.example.com/v1/pets?q=x&10=ten&2=two'};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
