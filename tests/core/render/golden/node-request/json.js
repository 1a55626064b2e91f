const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/pets',
  headers: {Authorization: 'Bearer REPLACE_token', 'content-type': 'application/json'},
  body: {
    name: 'string',
    age: 0,
    weight: 0.1,
    ok: true,
    tags: ['string'],
    owner: {email: 'user@example.com', phones: [{kind: 'home', number: '1'}]}
  },
  json: true
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
