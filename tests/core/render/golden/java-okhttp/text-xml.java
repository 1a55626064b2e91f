OkHttpClient client = new OkHttpClient();

MediaType mediaType = MediaType.parse("text/xml");
RequestBody body = RequestBody.create(mediaType, "<?xml version=\"1.0\"?>\n<pet name=\"Rex\">\n  <age>3</age>\n</pet>\n");
Request request = new Request.Builder()
  .url("https://api.example.com/v1/pets")
  .put(body)
  .addHeader("content-type", "text/xml")
  .build();

Response response = client.newCall(request).execute();
