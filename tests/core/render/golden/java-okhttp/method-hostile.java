OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets")
  .method("IT'S$`!", null)
  .build();

Response response = client.newCall(request).execute();
