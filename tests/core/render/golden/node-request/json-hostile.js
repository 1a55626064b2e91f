const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/pets',
  headers: {'content-type': 'application/json'},
  body: {
    text: '\'"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //',
    '\'"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //': 'key',
    $where: 'pa$$word'
  },
  json: true
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
