const request = require('request');

const options = {
  method: 'GET',
  url: 'https://api.example.com/v1/pets/%7BpetId%7D',
  qs: {limit: 'SOME_INTEGER_VALUE', tag: 'a b&c', sort: 'name'},
  headers: {'X-Trace': 'SOME_STRING_VALUE'}
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
