OkHttpClient client = new OkHttpClient();

RequestBody body = new MultipartBody.Builder("---011000010111000001101001460a9e5fa50fb9e0c8d577df9650d5e762a630ca")
  .setType(MultipartBody.FORM)
  .addFormDataPart("at", "@file")
  .addFormDataPart("less", "<file;type=text/html")
  .addFormDataPart("=;\"'\r\n", null, RequestBody.create(MediaType.parse("text/plain"), " '\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //"))
  .addFormDataPart("", "nameless")
  .addFormDataPart("é ß 汉字 😀    ﻿    é", "one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\ré ß 汉字 😀    ﻿    é")
  .addFormDataPart("boundary", "-----011000010111000001101001--")
  .addFormDataPart("a=b", " $x 'é`.bin ", RequestBody.create(MediaType.parse("application/x; a=\"b,c\""), new File(" $x 'é`.bin ")))
  .build();
Request request = new Request.Builder()
  .url("https://api.example.com/v1/upload")
  .post(body)
  .addHeader("content-type", "multipart/form-data; boundary=---011000010111000001101001460a9e5fa50fb9e0c8d577df9650d5e762a630ca")
  .build();

Response response = client.newCall(request).execute();
