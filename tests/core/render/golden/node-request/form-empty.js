const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/token',
  headers: {'content-type': 'application/x-www-form-urlencoded'},
  form: {}
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
