OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("application/vnd.api+json; charset=utf-8");
RequestBody body = RequestBody.create(mediaType, "{\"data\":{\"type\":\"pets\"}}");
Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets")
  .post(body)
  .addHeader("content-type", "application/vnd.api+json; charset=utf-8")
  .build();

Response response = client.newCall(request).execute();
