const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/notes?*/',
  headers: {Accept: '*/*', 'content-type': 'text/plain'},
  body: '/* a // b */ "/*'
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
