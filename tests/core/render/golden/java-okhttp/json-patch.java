OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("application/json-patch+json");
RequestBody body = RequestBody.create(mediaType, "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":null}]");
Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets/7?notify=true")
  .patch(body)
  .addHeader("cookie", "sid=abc")
  .addHeader("content-type", "application/json-patch+json")
  .build();

Response response = client.newCall(request).execute();
