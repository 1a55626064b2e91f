OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets?tag=cat&tag=dog&page=2")
  .get()
  .build();

Response response = client.newCall(request).execute();
