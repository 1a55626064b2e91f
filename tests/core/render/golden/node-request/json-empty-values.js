const request = require('request');

const options = {
  method: 'PUT',
  url: 'https://api.example.com/v1/pets',
  headers: {'content-type': 'application/json'},
  body: {null: null, false: false, '': '', list: [], map: {}, in: [[], {}]},
  json: true
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
