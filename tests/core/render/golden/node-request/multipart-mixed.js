const fs = require('fs');
const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/upload',
  headers: {'content-type': 'multipart/mixed; boundary=---011000010111000001101001'},
  body: Buffer.concat([
    Buffer.from('-----011000010111000001101001\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name="data"; filename="data.csv"\r\n\r\n'),
    fs.readFileSync('data.csv'),
    Buffer.from('\r\n-----011000010111000001101001--\r\n')
  ])
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
