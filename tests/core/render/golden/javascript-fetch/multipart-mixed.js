const { files } = document.querySelector("input[type=file]");

const response = await fetch("https://api.example.com/v1/upload", {
  method: "POST",
  headers: { "Content-Type": "multipart/mixed; boundary=---011000010111000001101001" },
  body: new Blob([
    "-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{}\r\n-----011000010111000001101001\r\nContent-Disposition: form-data; name=\"data\"; filename=\"data.csv\"\r\n\r\n",
    files[0],
    "\r\n-----011000010111000001101001--\r\n"
  ])
});

console.log(await response.text());
