const request = require('request');

const options = {method: 'GET', url: 'https://{region}.example.com/v1/pets'};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
