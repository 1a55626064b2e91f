const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/upload',
  headers: {'content-type': 'multipart/form-data; boundary=---011000010111000001101001'},
  formData: {title: 'string', meta: '{"k":0}'}
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
