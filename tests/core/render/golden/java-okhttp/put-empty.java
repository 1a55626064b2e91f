OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets/7/star")
  .put(RequestBody.create(null, ""))
  .addHeader("X-Trace", "t-1")
  .build();

Response response = client.newCall(request).execute();
