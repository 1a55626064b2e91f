const fs = require('fs');
const request = require('request');

const options = {
  method: 'POST',
  url: 'https://api.example.com/v1/upload',
  headers: {'content-type': 'multipart/form-data; boundary=---011000010111000001101001'},
  body: Buffer.concat([
    Buffer.from('-----011000010111000001101001\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{"k":"a;b, c"}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name="photo"; filename="photos/my rex.png"\r\nContent-Type: image/png\r\n\r\n'),
    fs.readFileSync('photos/my rex.png'),
    Buffer.from('\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name="photo"; filename="second.png"\r\nContent-Type: image/png\r\n\r\n'),
    fs.readFileSync('second.png'),
    Buffer.from('\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name="note"\r\n\r\nlast\r\n-----011000010111000001101001--\r\n')
  ])
};

request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});
