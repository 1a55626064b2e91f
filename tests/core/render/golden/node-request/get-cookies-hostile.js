const request = require('request');

const options = {
  method: 'GET',
  url: 'https://api.example.com/v1/pets',
  headers: {cookie: 'a$b=\'"\\$HOME #{x} \\(x) %s `id`; c=d=e=f'}
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
