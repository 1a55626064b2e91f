const request = require('request');

const options = {
  method: 'PUT',
  url: 'https://api.example.com/v1/pets',
  headers: {'content-type': 'text/xml'},
  body: '<?xml version="1.0"?>\n<pet name="Rex">\n  <age>3</age>\n</pet>\n'
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
