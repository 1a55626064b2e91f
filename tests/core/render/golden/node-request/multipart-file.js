const fs = require('fs');
const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/upload',
  headers: {
    'X-Trace': 't-1',
    'content-type': 'multipart/form-data; boundary=---011000010111000001101001'
  },
  formData: {title: 'Rex', photo: fs.createReadStream('rex.png')}
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
