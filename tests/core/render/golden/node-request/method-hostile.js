const request = require('request');

const options = {method: 'IT\'S$`!', url: 'https://api.example.com/v1/pets'};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
