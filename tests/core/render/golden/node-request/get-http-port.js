const request = require('request');

const options = {method: 'GET', url: 'http://localhost:8080/health', qs: {verbose: 'true'}};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
