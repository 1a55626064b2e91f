const request = require('request');

const options = {
  method: 'PATCH',
  url: 'https://api.example.com/v1/pets/7',
  qs: {notify: 'true'},
  headers: {cookie: 'sid=abc', 'content-type': 'application/json-patch+json'},
  body: [{op: 'replace', path: '/name', value: null}],
  json: true
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
