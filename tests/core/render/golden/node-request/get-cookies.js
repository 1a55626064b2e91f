const request = require('request');

const options = {
  method: 'GET',
  url: 'https://api.example.com/v1/me',
  headers: {cookie: 'sid=SOME_STRING_VALUE; lang=en%20us; empty=', 'X-Trace': 't-1'}
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
