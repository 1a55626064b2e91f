OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("application/json");
RequestBody body = RequestBody.create(mediaType, "{\"text\":\"'\\\"\\\\ $HOME ${x} $(id) `id` #{1+1} \\\\(x) %s %% %@ {x} ??/ ??= \\\\n \\\\u0041 <b>&amp; */ //\",\"'\\\"\\\\ $HOME ${x} $(id) `id` #{1+1} \\\\(x) %s %% %@ {x} ??/ ??= \\\\n \\\\u0041 <b>&amp; */ //\":\"key\",\"$where\":\"pa$$word\"}");
Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets")
  .post(body)
  .addHeader("content-type", "application/json")
  .build();

Response response = client.newCall(request).execute();
