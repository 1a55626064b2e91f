const request = require('request');

const options = {
  method: 'DELETE',
  url: 'https://api.example.com/v1/pets/7',
  headers: {'If-Match': '"abc"'}
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
