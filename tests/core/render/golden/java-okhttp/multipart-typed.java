OkHttpClient client = new OkHttpClient();

RequestBody body = new MultipartBody.Builder("---011000010111000001101001")
  .setType(MultipartBody.FORM)
  .addFormDataPart("meta", null, RequestBody.create(MediaType.parse("application/json; charset=utf-8"), "{\"k\":\"a;b, c\"}"))
  .addFormDataPart("photo", "photos/my rex.png", RequestBody.create(MediaType.parse("image/png"), new File("photos/my rex.png")))
  .addFormDataPart("photo", "second.png", RequestBody.create(MediaType.parse("image/png"), new File("second.png")))
  .addFormDataPart("note", "last")
  .build();
Request request = new Request.Builder()
  .url("https://api.example.com/v1/upload")
  .post(body)
  .addHeader("content-type", "multipart/form-data; boundary=---011000010111000001101001")
  .build();

Response response = client.newCall(request).execute();
