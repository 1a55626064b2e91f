const request = require('request');

const options = {
  method: 'PUT',
  url: 'https://api.example.com/v1/pets/7/star',
  headers: {'X-Trace': 't-1'}
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
