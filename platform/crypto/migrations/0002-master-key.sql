-- A new master key wraps every stored key again.
grant update (wrapped) on crypto.key to daizong_app;
