OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("text/plain; charset=\"utf-8\"");
RequestBody body = RequestBody.create(mediaType, "one\ntwo\r\nthree\ttab\u000b\f\u001b[0m\r'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    é");
Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets")
  .post(body)
  .addHeader("content-type", "text/plain; charset=\"utf-8\"")
  .build();

Response response = client.newCall(request).execute();
