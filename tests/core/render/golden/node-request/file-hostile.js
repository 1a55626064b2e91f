const fs = require('fs');
const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/upload',
  headers: {'content-type': 'application/octet-stream'},
  body: fs.readFileSync('$x \'é` #{y} %s.bin')
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
