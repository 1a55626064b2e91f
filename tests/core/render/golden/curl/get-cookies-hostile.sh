curl --request GET \
  --url https://api.example.com/v1/pets \
  --cookie 'a$b='\''"\$HOME #{x} \(x) %s `id`; c=d=e=f'
