const request = require('request');

const options = {
  method: 'GET',
  url: 'https://api.example.com/v1/users(\'a@b.c\')/$count;v=1/a%2Fb/:run/%C3%A9'
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
