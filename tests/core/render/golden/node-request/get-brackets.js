const request = require('request');

const options = {method: 'GET', url: 'http://[::1]:8080/v1/pets', qs: {'ids[]': '1'}};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
