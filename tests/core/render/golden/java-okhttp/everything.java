OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("application/json");
RequestBody body = RequestBody.create(mediaType, "{\"text\":\"'\\\"\\\\ $HOME ${x} $(id) `id` #{1+1} \\\\(x) %s %% %@ {x} ??/ ??= \\\\n \\\\u0041 <b>&amp; */ //é ß 汉字 😀    ﻿    éone\\ntwo\\r\\nthree\\ttab\\u000b\\f\\u001b[0m\\r\",\"list\":[null,false,0,-1.5,{}]}");
Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets/7?dry-run&tag=a%20b")
  .post(body)
  .addHeader("cookie", "sid=abc; theme=dark")
  .addHeader("X-Trace", "t-1")
  .addHeader("X-Empty", "")
  .addHeader("content-type", "application/json")
  .build();

Response response = client.newCall(request).execute();
