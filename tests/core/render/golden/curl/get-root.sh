curl --request GET \
  --url https://example.com/
