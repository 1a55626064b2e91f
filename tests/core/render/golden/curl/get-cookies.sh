curl --request GET \
  --url https://api.example.com/v1/me \
  --header 'X-Trace: t-1' \
  --cookie 'sid=SOME_STRING_VALUE; lang=en%20us; empty='
