OkHttpClient client = new OkHttpClient();

Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets")
  .get()
  .addHeader("accept", "application/json, text/plain;q=0.5")
  .addHeader("Authorization", "Bearer REPLACE_token")
  .addHeader("X-Empty", "")
  .addHeader("A-Last", "1")
  .build();

Response response = client.newCall(request).execute();
