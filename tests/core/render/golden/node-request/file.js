const fs = require('fs');
const request = require('request');

const options = {
  method: 'PUT',
  url: 'https://api.example.com/v1/upload/7',
  headers: {'content-type': 'image/png'},
  body: fs.readFileSync('photo.png')
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
